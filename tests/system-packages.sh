#!/bin/sh
# Installs the Debian packages the tests use for real; without root or apt-get it names what will be skipped.
packages=""
need() { # command package reason
    command -v "$1" >/dev/null 2>&1 || { packages="$packages $2"; echo "not here: $2 ($3)"; }
}
need soffice libreoffice-writer-nogui "old Word, WPS and RTF files; rendering of Word and Excel output"
need antiword antiword "old Word files without LibreOffice"
need chromium chromium "the HTML report in a real browser"
need pdftoppm poppler-utils "pictures of rendered pages"
[ -x /usr/lib/postgresql/*/bin/postgres ] 2>/dev/null || { packages="$packages postgresql"; echo "not here: postgresql (the ledger on PostgreSQL)"; }
need java default-jre-headless "the Spark engine"
fc-list 2>/dev/null | grep -q CJK || packages="$packages fonts-noto-cjk"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui $packages >/dev/null || echo "could not install:$packages; the tests that need them are skipped"
else
    echo "the tests that need these are skipped; as root on Debian: apt-get install$packages"
fi
exit 0
