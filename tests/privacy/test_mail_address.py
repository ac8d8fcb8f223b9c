"""What is an address of mail, and that none can carry a header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthsafe.privacy.mail_address import LONGEST, MailAddressError, domain_of, parse_address


@pytest.mark.parametrize(
    "address", ["a@b.example", "first.last+desk@council.example.org", "o'neill@localhost", "x@xn--bcher-kva.example"]
)
def test_an_address_is_taken_as_it_is_written(address: str) -> None:
    assert parse_address(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "@example.org",
        "a@",
        "a@b@example.org",
        "a b@example.org",
        ".a@example.org",
        "a..b@example.org",
        '"a b"@example.org',
        "A <a@example.org>",
        "a@example.org, b@example.org",
        "a@example.org\n",
        "a@example.org\r\nBcc: b@example.org",
        "a@exa\x00mple.org",
        "jürgen@example.org",
        "a@-example.org",
        "a@[127.0.0.1]",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["b" * 60] * 5),
    ],
)
def test_what_is_no_address_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(MailAddressError) as refused:
        parse_address(text)
    assert not text or text not in str(refused.value)


@given(st.text())
def test_whatever_is_taken_is_one_printable_word(text: str) -> None:
    try:
        address = parse_address(f"a{text}@example.org")
    except MailAddressError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address
    assert len(address) <= LONGEST
    assert domain_of(address) == "example.org"
