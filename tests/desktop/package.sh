#!/usr/bin/env bash
# Installs the packages in build/packages into fresh root filesystems of Debian 12 and 13, starts the
# program there under Xvfb, and looks at its picture. Needs root, a Debian mirror and some minutes:
#
#   ./lab test-package            both releases
#   tests/desktop/package.sh trixie
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${ACTIVATION_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/activation-lab}/roots
# shellcheck disable=SC2016  # apt fills these in
mirror=${LAB_DEBIAN_MIRROR:-$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' \
  'Created-By: Packages' | awk '$1 !~ /security|updates|backports/ { print $2; exit }')}
deb=$(ls "$project"/build/packages/*.deb)
archive=$(ls "$project"/build/packages/*.tar.gz)

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

((EUID == 0)) || fail "making root filesystems needs root."

# debootstrap, Debian's own if it is installed, else unpacked beside the roots.
bootstrap() {
  if command -v debootstrap >/dev/null; then
    debootstrap "$@"
    return
  fi
  if [[ ! -d $work/debootstrap ]]; then
    mkdir -p "$work/download"
    (cd "$work/download" && apt-get download debootstrap)
    dpkg-deb -x "$work"/download/debootstrap_*.deb "$work/debootstrap"
  fi
  DEBOOTSTRAP_DIR=$work/debootstrap/usr/share/debootstrap "$work/debootstrap/usr/sbin/debootstrap" "$@"
}

# new_root RELEASE: a fresh copy of a minimal system of that release, in $root.
new_root() {
  local base="$work/$1"
  if [[ ! -f $base/complete ]]; then
    rm -rf "$base"
    bootstrap --variant=minbase "$1" "$base" "$mirror" >"$work/$1.log" 2>&1 ||
      fail "debootstrap $1; see $work/$1.log"
    touch "$base/complete"
  fi
  root="$work/$1.now"
  rm -rf "$root"
  cp -a --reflink=auto "$base" "$root"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
}

# inside COMMAND…: in $root, with a /proc that goes with the command's own view of what is mounted.
inside() {
  # shellcheck disable=SC2016  # for the inner shell
  unshare --mount bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}

install() {
  inside apt-get install -y --no-install-recommends "$@" >>"$root.log" 2>&1 ||
    fail "apt-get install $*; see $root.log"
}

# starts PROGRAM: it draws a picture that is not blank, writes a figure without a display, and runs in a
# window until it is told to end.
starts() {
  local program=$1
  inside xvfb-run -a "$program" --scene train --epochs 5 --size 1280x800 --screenshot /tmp/train.png ||
    fail "$program draws no picture"
  # A blank picture of that size is a few kilobytes.
  (($(stat -c %s "$root/tmp/train.png") > 40000)) || fail "the picture of $program is blank"
  inside "$program" --scene train --epochs 5 --figure map --svg /tmp/map.svg || fail "no figure"
  grep -q "<svg " "$root/tmp/map.svg" || fail "the figure is no SVG"
  # timeout ends it: 124. A crash or a missing library ends it before.
  local status=0
  inside xvfb-run -a timeout 3 "$program" || status=$?
  ((status == 124)) || fail "$program ended with status $status instead of running"
}

(($#)) || set -- bookworm trixie
mkdir -p "$work"
for suite in "$@"; do
  new_root "$suite"
  inside apt-get update >"$root.log" 2>&1 || fail "apt-get update; see $root.log"

  cp "$deb" "$root/tmp/"
  install "/tmp/$(basename "$deb")"
  [[ $(inside activation-lab --help) == *--figure* ]] || fail "--help on $suite"
  for file in applications/activation-lab.desktop icons/hicolor/scalable/apps/activation-lab.svg \
    mime/packages/activation-lab.xml doc/activation-lab/copyright; do
    [[ -f $root/usr/share/$file ]] || fail "/usr/share/$file is missing"
  done
  # What draws: a display, and Mesa's software renderer.
  install xvfb xauth libgl1-mesa-dri
  starts activation-lab
  inside apt-get remove -y activation-lab >>"$root.log" 2>&1
  [[ ! -e $root/usr/bin/activation-lab ]] || fail "removing it leaves it"
  echo "$suite: $(basename "$deb") installs, starts and is removed"

  new_root "$suite"
  inside apt-get update >"$root.log" 2>&1
  # What README.txt in the archive names, and a display.
  install libgl1 libopengl0 libglx0 libgl1-mesa-dri libx11-6 xvfb xauth
  tar -x -C "$root/opt" -f "$archive"
  starts "/opt/$(basename "$archive" .tar.gz)/bin/activation-lab"
  echo "$suite: $(basename "$archive") unpacks and starts"
  rm -rf "$root"
done
echo "All packages work."
