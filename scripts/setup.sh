#!/usr/bin/env bash
# Sets up what `make run` (setup.sh run) and `make test` (setup.sh test) need. Quick when there is nothing to do.
# Debian packages are installed only where what they bring is missing; Python packages come from the locked files.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

what="${1:-run}"
venv=.venv

say() { printf '%s\n' "$*" >&2; }
stop() {
    printf '\nset-up stopped: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" >&2
    exit 2
}

# --- Debian packages ---------------------------------------------------------------------------------------------------

has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { ldconfig -p 2>/dev/null | grep -F "$1" >/dev/null; }
has_cjk_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ]; }
has_postgresql() { has_command initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { has_command chromium || has_command chromium-browser || has_command google-chrome || compgen -G "${HOME:-/nonexistent}/.cache/ms-playwright/chromium-*" >/dev/null; }
is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

missing_packages() {
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    has_cjk_font || echo fonts-noto-cjk
    [ "$what" = test ] || return 0
    # Ubuntu's chromium package is a snap that needs a running snapd; there Playwright brings its own (see below).
    has_chromium || is_ubuntu || echo chromium
    has_command pdftotext || echo poppler-utils
    has_postgresql || echo postgresql
    has_command npm || echo npm
}

# Runs a command as root; fails where there are no rights. sudo asks for a password only where somebody can type one.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}
has_rights() {
    [ "$(id -u)" -eq 0 ] || { has_command sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}
apt_install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

install_packages() {
    local asked="apt-get install --no-install-recommends $*"
    has_command apt-get || stop "this machine has no apt-get, so these must be installed by hand (Debian's names):" "    $*" "then run make again."
    has_rights || stop "system packages are missing and there are no rights to install them. Have an administrator run:" "    $asked" "then run make again."
    say "installing system packages: $*"
    apt_install "$@" 2>/dev/null && return
    say "refreshing the package lists"
    as_root apt-get update -qq >&2 || true
    apt_install "$@" ||
        stop "the system packages could not be installed (offline, or a mirror that does not answer?). When it works, run:" "    $asked" "then make again."
}

ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# --- Python ------------------------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        if [ -n "$candidate" ] && has_command "$candidate" && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_venv() {
    local python version
    python="$(find_python)" || stop "Python 3.11 or newer was not found. On Debian 12 or newer and Ubuntu 24.04 or newer:" \
        "    apt-get install python3 python3-venv" "Elsewhere install it beside the system's own and say: make PYTHON=/path/to/python3.12 …"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        install_packages "python$version-venv"
    fi
    say "making $venv with $("$python" -V)"
    "$python" -m venv --clear "$venv"
}

digest_of() { cat "$@" "$venv/pyvenv.cfg" | sha256sum | cut -d' ' -f1; }

# once NAME FILES… -- COMMAND…: runs the command unless it has succeeded with these very files.
once() {
    local stamp="$venv/.$1.done" files=()
    shift
    while [ "$1" != -- ]; do files+=("$1"); shift; done
    shift
    local digest
    digest="$(digest_of "${files[@]}")"
    [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ] || return 0
    "$@"
    echo "$digest" >"$stamp"
}

pip_install() {
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$@" ||
        stop "Python packages could not be installed (the reason stands above)." \
            "Offline? Connect and run make again. Behind a mirror? Name it to pip once:" "    pip config set global.index-url ADDRESS-OF-YOUR-MIRROR"
}
# setuptools first, by its hash too: lunar-python comes as source only and is built with it.
install_builder() { pip_install --require-hashes -r <(awk '/^setuptools==/ { on = 1 } on { print } !/\\$/ { on = 0 }' requirements.txt); }
install_locked() { say "installing $1"; pip_install --require-hashes --use-pep517 --no-build-isolation -r "$1"; }
build_faces() { say "building the faces of the documents"; "$venv/bin/python" -c 'from reports import fonts; fonts.build_all()'; }
install_tcm() { pip_install --no-build-isolation --no-deps -e .; }

ensure_python() {
    if ! is_new_enough "$venv/bin/python" || ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then make_venv; fi
    once builder requirements.txt -- install_builder
    once run requirements.txt -- install_locked requirements.txt
    once tcm pyproject.toml requirements.txt -- install_tcm
    [ -x "$venv/bin/tcm" ] || install_tcm
    once faces reports/fonts.py requirements.txt -- build_faces
}

# --- what only the tests need ------------------------------------------------------------------------------------------

install_npm() { say "installing package-lock.json"; npm ci --silent --no-audit --no-fund --ignore-scripts >&2 || stop "npm packages could not be installed (the reason stands above)."; }
install_chromium() { "$venv/bin/python" -m playwright install --with-deps chromium >&2 || stop "no chromium: install one (Debian: apt-get install chromium) and run make again."; }

ensure_test_tools() {
    once dev requirements.txt requirements-dev.txt -- install_locked requirements-dev.txt
    [ -d node_modules/axe-core ] || rm -f "$venv/.npm.done"
    once npm package-lock.json -- install_npm
    has_chromium || install_chromium
}

case "$what" in
run) ensure_packages; ensure_python ;;
test) ensure_packages; ensure_python; ensure_test_tools ;;
*) stop "say setup.sh run or setup.sh test" ;;
esac
