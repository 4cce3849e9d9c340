#!/bin/sh
# Makes a checkout ready to run: environment, locked dependencies, system parts. Safe to repeat; a second run ends at once.
# Works as root and as an ordinary user; installs system packages only where it may, else says what to run.
set -eu
cd "$(dirname "$0")/.."
ROOT=$PWD
mkdir -p .cache

say() { printf '%s\n' "setup: $*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# A user without a home (a service account, a container) still gets a place for the tools' own files.
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
    HOME=$ROOT/.cache/home
    mkdir -p "$HOME"
    export HOME
fi
export UV_CACHE_DIR="${UV_CACHE_DIR:-$ROOT/.cache/uv}" PIP_CACHE_DIR="${PIP_CACHE_DIR:-$ROOT/.cache/pip}"
export PLAYWRIGHT_BROWSERS_PATH="${PLAYWRIGHT_BROWSERS_PATH:-$ROOT/.cache/browsers}"
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1

DISTRIBUTION=$(sed -n 's/^ID="\{0,1\}\([a-z0-9._-]*\).*/\1/p' /etc/os-release 2>/dev/null || true)

# How packages may be installed here: "" when they may not.
APT=""
if have apt-get; then
    if [ "$(id -u)" = 0 ]; then
        APT="env DEBIAN_FRONTEND=noninteractive apt-get"
    elif have sudo && sudo -n true 2>/dev/null; then
        APT="sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"
    fi
fi
APT_UPDATED=no

# install_packages PACKAGE...: true when they are installed afterwards; what to run is said when they cannot be.
install_packages() {
    if [ -n "$APT" ] && [ "${MARKETWARDEN_NO_APT:-}" != 1 ]; then
        if [ "$APT_UPDATED" = no ]; then
            $APT update -q >&2 || say "apt-get update failed; trying with the package lists that are there"
            APT_UPDATED=yes
        fi
        say "installing $*"
        if $APT install -y -q --no-install-recommends "$@" >&2; then
            return 0
        fi
        say "apt-get could not install: $*"
    fi
    say "MISSING. Run as an administrator:  apt-get install --no-install-recommends $*"
    return 1
}

# --- Python ---------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if new_enough "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

use_uv() { [ "${MARKETWARDEN_NO_UV:-}" != 1 ] && uv --version >/dev/null 2>&1; }

make_environment() {
    python=$(find_python) || {
        install_packages python3 python3-venv || exit 3
        python=$(find_python) || { say "this system's Python is older than 3.11"; exit 3; }
    }
    say "making .venv with $python"
    if use_uv; then
        uv venv --quiet --clear --python "$python" .venv
    else
        # Debian keeps ensurepip in a package of its own.
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || install_packages python3-venv || exit 3
        "$python" -m venv --clear .venv || {
            say "venv failed; on Debian and Ubuntu it is in the package python3-venv"
            exit 3
        }
    fi
}

install_python_packages() {
    say "installing the locked dependencies (a few minutes the first time)"
    if use_uv; then
        uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.txt
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
    else
        .venv/bin/python -m pip install --quiet --require-hashes -r requirements/dev.txt
        .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
    fi
}

# The stamp names what the environment was made from, so a changed lock makes it again and an unchanged one does not.
stamp=$(cat requirements/dev.txt pyproject.toml scripts/bootstrap.sh | cksum | tr ' ' '-')-$ROOT
if [ ! -x .venv/bin/python ] || ! new_enough .venv/bin/python; then
    rm -f .cache/python.stamp
    make_environment
fi
if [ "$(cat .cache/python.stamp 2>/dev/null || true)" != "$stamp" ]; then
    install_python_packages
    printf '%s' "$stamp" >.cache/python.stamp
fi

# --- System parts ---------------------------------------------------------------------------------------------------
# Missing ones do not stop the setup: what needs them says so, and `marketwarden doctor` lists them.

have_browser() {
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        have "$name" && return 0
    done
    for program in "$PLAYWRIGHT_BROWSERS_PATH"/chromium-*/chrome-linux*/chrome; do
        [ -x "$program" ] && return 0
    done
    return 1
}

get_browser() {
    if [ "$DISTRIBUTION" != ubuntu ]; then
        install_packages chromium && return 0
    else
        say "Ubuntu's chromium is a snap, which our browser profile cannot use; trying Playwright's own download"
    fi
    if .venv/bin/python -m playwright install chromium >&2; then
        [ -z "$APT" ] || .venv/bin/python -m playwright install-deps chromium >&2 ||
            say "the libraries of the browser could not be installed"
        return 0
    fi
    say "MISSING: no Chromium. Install one as 'chromium' or 'google-chrome' on the search path."
    return 1
}

have_fonts() {
    have fc-list || return 1
    for language in zh th ar; do
        [ -n "$(fc-list ":lang=$language" family 2>/dev/null | head -n 1)" ] || return 1
    done
}

have_java() {
    for java in java "${JAVA_HOME:-/nonexistent}/bin/java" "${JVM_FOLDER:-/usr/lib/jvm}"/*/bin/java; do
        major=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
        [ "${major:-0}" -ge 17 ] && return 0
    done
    return 1
}

system_parts() {
    missing=0
    have_browser || get_browser || missing=1
    have_fonts || install_packages fontconfig fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji || missing=1
    have_java || install_packages default-jre-headless || missing=1
    have mvn || install_packages maven || missing=1
    return $missing
}

if [ "$(cat .cache/system.stamp 2>/dev/null || true)" != "$stamp" ]; then
    if system_parts; then
        printf '%s' "$stamp" >.cache/system.stamp
        say "ready"
    else
        say "ready, without the parts named above; 'make doctor' lists them"
    fi
fi
