#!/bin/sh
# The browser tests need Chromium, and a Korean font so that a page in Korean looks as its reader sees it; the tests of
# the gradebook start a PostgreSQL server of their own.
# As root on Debian or Ubuntu what is missing is installed; otherwise this says what to install, and fails.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
[ -n "$(fc-list :lang=ko family 2>/dev/null)" ] || missing="$missing fontconfig fonts-noto-cjk"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing with apt:$(printf ' %s' $missing)"
    apt-get -qq update
    # shellcheck disable=SC2086  # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "The tests need:$(printf ' %s' $missing)" >&2
echo "Install it first, on Debian or Ubuntu: sudo apt-get install$(printf ' %s' $missing)" >&2
exit 1
