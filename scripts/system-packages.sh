#!/bin/sh
# The tests drive real browsers, PostgreSQL, Redis and reverse proxies. Installs the missing Debian packages when it may,
# and otherwise fails with the one line to type.
set -eu

missing=""
need() {  # need <package> <a test that succeeds when it is there>
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_arabic() { fc-list :lang=ar | grep -q Noto; }
has_postgres() { ls /usr/lib/postgresql/*/bin/postgres; }

need chromium command -v chromium
need chromium-driver command -v chromedriver
need webkit2gtk-driver command -v WebKitWebDriver
need xvfb command -v Xvfb
need postgresql has_postgres
need redis-server command -v redis-server
need nginx test -x /usr/sbin/nginx
need caddy command -v caddy
need poppler-utils command -v pdfinfo
need zbar-tools command -v zbarimg
need liblouis-bin command -v lou_translate
need fontconfig command -v fc-list
need fonts-noto-core has_arabic

[ -z "$missing" ] && exit 0
install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need more of this machine. Type: sudo $install" >&2
    exit 1
fi
echo "Installing$missing"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive $install >/dev/null
for each in $missing; do  # Debian starts these two on port 80 of every address; the tests start their own
    case $each in
        nginx | caddy) [ ! -d /run/systemd/system ] || systemctl disable --quiet --now "$each" ;;
    esac
done
