# shellcheck shell=bash disable=SC2154  # project, cache and build_steps are set in ./lab
# What the project needs from outside the checkout, each part found or made by one function:
# Debian packages, the WebAssembly toolchain, Dear ImGui's sources, npm packages.

toolchain="$cache/emscripten"  # a private tree of Debian 13's Emscripten
imgui="${LAB_IMGUI_DIR:-$cache/imgui}"
oldest_emcc=3.1.69

# --- Debian packages -------------------------------------------------------------------------------

# Munkres is named because fonttools would else bring SciPy and, behind it, 400 MB of libraries.
web_packages=(cmake ninja-build python3-fonttools python3-munkres fonts-inter fonts-noto-cjk
  fonts-jetbrains-mono fonts-lmodern patchelf xz-utils ca-certificates)
desktop_packages=(build-essential libglfw3-dev libgl-dev libstb-dev)
# Firefox draws WebGL only on a display, here one without a screen.
# xvfb-run wants xauth, and the native program's tests look for it with ps.
test_packages=(doctest-dev nlohmann-json3-dev chromium firefox-esr xvfb xauth procps libgl1-mesa-dri libegl1)

# For fuzzing and for what clang finds in the sources; no ordinary build or test needs them.
clang_packages=(clang clang-tidy libclang-rt-dev)

# missing_packages PACKAGE…: those of them that are not installed; node only if there is no recent one.
missing_packages() {
  local package wanted=("$@")
  has_node || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  for package in "${wanted[@]}"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      echo "$package"
  done
}

has_node() {
  command -v node >/dev/null && (($(node -p 'process.versions.node.split(".")[0]') >= 18))
}

# The package lists are brought up to date only if the installation cannot do without.
install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get) install
  ((EUID == 0)) || apt=(sudo "${apt[@]}")
  install=("${apt[@]}" install -y --no-install-recommends -o APT::Keep-Downloaded-Packages=false)
  "${install[@]}" "$@" || {
    "${apt[@]}" update
    "${install[@]}" "$@"
  }
}

require_apt() {
  command -v apt-get >/dev/null ||
    stop "this system has no apt-get. Install these (Debian's names) by its own means: $*"
  ((EUID == 0)) && return
  command -v sudo >/dev/null ||
    stop "these packages are missing and only root can install them: apt-get install $*"
  sudo -v || stop "sudo was refused. As root: apt-get install $*"
}

# --- a private view of Debian 13 and testing ---------------------------------------------------------

# Downloads are checked against Debian's signatures like any other: apt compares the hash of every
# package and source archive with the signed index. Nothing of the host's apt state changes.
private_apt() {
  local dir="$cache/apt" mirror key=/usr/share/keyrings/debian-archive-keyring.gpg
  # shellcheck disable=SC2016  # apt fills these in
  mirror=${LAB_DEBIAN_MIRROR:-$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' \
    'Created-By: Packages' | awk '$1 !~ /security|updates|backports/ { print $2; exit }')}
  mkdir -p "$dir"/{state/lists/partial,cache/archives/partial}
  : >"$dir/status"
  {
    echo "deb [signed-by=$key] $mirror trixie main"
    echo "deb-src [signed-by=$key] $mirror testing main"
  } >"$dir/sources.list"
  cat >"$dir/apt.conf" <<EOF
Dir::State "$dir/state";
Dir::State::status "$dir/status";
Dir::Cache "$dir/cache";
Dir::Etc::SourceList "$dir/sources.list";
Dir::Etc::SourceParts "/dev/null";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
EOF
  export APT_CONFIG="$dir/apt.conf"
  # Two steps of one set-up share the index.
  [[ -n $(find "$dir/state/lists" -name '*_Sources*' -mmin -60) ]] ||
    apt-get update -o APT::Update::Error-Mode=any
}

# --- WebAssembly toolchain ---------------------------------------------------------------------------

# has_emcc: an Emscripten that is new enough is on PATH.
has_emcc() {
  local version
  command -v emcmake >/dev/null || return 1
  version=$(emcc --version 2>/dev/null | grep -m1 -oE '[0-9]+\.[0-9]+\.[0-9]+') || return 1
  [[ $(printf '%s\n' "$oldest_emcc" "$version" | sort -V | head -n1) == "$oldest_emcc" ]]
}

# Emscripten, LLVM and Binaryen of Debian 13 with the libraries they load, as far as node and python
# are not the host's. The host's own Emscripten is too old and is left alone.
toolchain_packages=(emscripten node-acorn clang-19 libclang-common-19-dev lld-19 llvm-19 binaryen
  libc6 libstdc++6 libgcc-s1 libclang-cpp19 libllvm19 libedit2 libtinfo6 libbsd0 libmd0 libz3-4
  libffi8 zlib1g libzstd1 liblzma5 libxml2 libicu76)
# Variants for dynamic linking, link-time optimisation, threads and sanitizers, and what is only read.
toolchain_excludes=(
  --exclude='*/wasm32-emscripten/'{pic,lto,lto-pic} --exclude='*/wasm32-emscripten/*-'{mt,ww,asan}'*'
  --exclude=./usr/share/{emscripten/test,man,locale} --exclude='./usr/lib/*/gconv')

# The finished tree appears under its name only when it is complete; downloads survive a failure.
make_toolchain() {
  local partial="$toolchain.partial" debs="$cache/debs" deb
  private_apt
  mkdir -p "$debs"
  (cd "$debs" && apt-get download "${toolchain_packages[@]}")
  rm -rf "$partial"
  mkdir -p "$partial"
  for deb in "$debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$partial" "${toolchain_excludes[@]}"
  done
  bind_programs "$partial"
  mkdir "$partial/usr/share/emscripten/node_modules"
  ln -s ../../nodejs/acorn "$partial/usr/share/emscripten/node_modules/acorn"
  cat >"$partial/usr/share/emscripten/.emscripten" <<EOF
LLVM_ROOT = '$toolchain/usr/lib/llvm-19/bin'
BINARYEN_ROOT = '$toolchain/usr'
NODE_JS = '$(command -v node)'
FROZEN_CACHE = True
EOF
  rm -rf "$toolchain"
  mv "$partial" "$toolchain"
  rm -rf "$debs"
}

# bind_programs TREE: lets its programs load the C library and the others that lie beside them, so that
# they run on an older system without a chroot.
bind_programs() {
  local program libraries loader
  libraries=$(cd "$1" && echo usr/lib/*-linux-gnu*)
  loader=$(cd "$1" && echo "$libraries"/ld-linux-*.so.*)
  find "$1/usr/bin" "$1/usr/lib/llvm-19/bin" -type f | while read -r program; do
    patchelf --print-interpreter "$program" >/dev/null 2>&1 || continue
    patchelf --set-interpreter "$toolchain/$loader" --force-rpath \
      --set-rpath "$toolchain/$libraries" "$program"
  done
}

# --- Dear ImGui ----------------------------------------------------------------------------------------

# Debian testing's source package; its patches only concern Debian's own library and are not applied.
make_imgui() {
  local partial="$cache/imgui.partial"
  private_apt
  rm -rf "$partial"
  mkdir -p "$partial/tree"
  (cd "$partial" && apt-get source --download-only imgui)
  tar -x -C "$partial/tree" --strip-components=1 -f "$partial"/imgui_*.orig.tar.*
  [[ -f $partial/tree/imgui.h ]]
  rm -rf "$imgui"
  mv "$partial/tree" "$imgui"
  rm -rf "$partial" "$cache/apt"
}

# --- npm packages --------------------------------------------------------------------------------------

# has_npm FOLDER: what the lock file there names is installed.
has_npm() {
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock.json"
}

# make_npm FOLDER: installs it. npm compares every package with the hash in the lock file.
make_npm() {
  npm ci --prefix "$1" --no-audit --no-fund --ignore-scripts
  cp "$1/package-lock.json" "$1/node_modules/.installed-lock.json"
}

# --- all of it -------------------------------------------------------------------------------------------

# setup GROUP…: everything that building these needs (web, desktop, test), and the libraries that the
# engine is measured against (peers). Does what is missing.
setup() {
  local group packages=("${web_packages[@]}") missing todo=()
  for group in "$@"; do
    [[ $group == desktop ]] && packages+=("${desktop_packages[@]}")
    [[ $group == test ]] && packages+=("${test_packages[@]}")
    [[ $group == clang ]] && packages+=("${clang_packages[@]}")
  done
  mapfile -t missing < <(missing_packages "${packages[@]}" | sort -u)
  ((${#missing[@]})) && require_apt "${missing[@]}" && todo+=(packages)
  has_emcc || PATH="$toolchain/usr/share/emscripten:$PATH"
  has_emcc || todo+=(toolchain)
  [[ -f $imgui/imgui.h ]] || todo+=(imgui)
  has_npm . || todo+=(npm)
  for group in "$@"; do
    [[ $group != peers ]] || has_npm tests/bench || todo+=(peers)
  done
  export PATH="$project/node_modules/.bin:$PATH" LAB_IMGUI_DIR="$imgui"

  # shellcheck disable=SC2034  # read by step
  step_total=$((${#todo[@]} + build_steps))
  for group in "${todo[@]}"; do
    case $group in
      packages)
        echo "Debian packages that are missing: ${missing[*]}"
        step "Debian packages" install_packages "${missing[@]}"
        ;;
      toolchain) step "WebAssembly toolchain" make_toolchain ;;
      imgui) step "Dear ImGui sources" make_imgui ;;
      npm) step "npm packages" make_npm . ;;
      peers) step "Libraries to compare with" make_npm tests/bench ;;
    esac
  done
}
