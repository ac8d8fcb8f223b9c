"""What stays in Latin letters where a language has letters of its own: a list for a person to read, used by every test.

A word that a translator left in English looks the same as one that was kept on purpose, so each is named here once.
"""

import re

#: Names and terms that people look for by these letters, and words that speakers use so.
WORDS = frozenset(
    {
        *("YouthSafe", "Childline", "Shout", "SHOUT", "SMS", "MASH", "LADO", "Braille", "PIN", "UTC"),
        *("Android", "iPhone", "iPad", "Chrome", "Safari", "JavaScript", "WebAssembly", "Wi", "Fi", "Shift"),
        *("CSV", "GeoJSON", "UTF", "PPTX", "kB", "STARTTLS", "TLS", "https"),
        *("bullying", "server"),
    }
)
#: What is quoted as it stands elsewhere: said aloud to somebody, on a button of a phone, in a file or in an address.
QUOTED = (
    *("I need help", "Report Remove", "county lines", "Safe Havens", "Safe Haven"),
    *("Add to Home Screen", "Add to Home screen", "private window", "Install", "Share", "Print", "Add"),
    *("history", "paste", "tab", "lat", "lon", "always", "closed", "yes", "no"),
    *("smtp.example.org", "desk@example.org", "safe-haven", "hate-crime-site", "mon-fri", "sat", "en pl so"),
)

_NOT_READ = re.compile(r"%\(\w+\)[sd]|<[^>]+>|&\w+;|\xa0")
_QUOTED = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])" for each in QUOTED))


def left_in_english(text: str) -> list[str]:
    """The words of a translation in Latin letters that are not kept so on purpose."""
    plain = _QUOTED.sub(" ", _NOT_READ.sub(" ", text))
    return [word for word in re.findall("[A-Za-z]{2,}", plain) if word not in WORDS]
