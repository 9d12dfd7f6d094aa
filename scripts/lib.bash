# Sourced by the other scripts: one set of build flags, so that demo, test, nightly and month-end share one build.
# shellcheck shell=bash

# Bodies of functions stay testable in the optimised build; an import of a target that is not declared is an error.
build_flags=(
  --configuration release
  -Xswiftc -enable-testing
  --explicit-target-dependency-import-check error
)
export build_flags

# Builds one product and leaves its path in $program. Somebody who watches sees the steps; a cron job does not.
# A build that fails ends the script with 70, our own fault: its own code, 1, would say that there are mismatches.
build_program() {
  local quiet=()
  [[ -t 2 ]] || quiet=(--quiet)
  if ! swift build "${build_flags[@]}" "${quiet[@]}" --product "$1" >&2 ||
    ! program="$(swift build "${build_flags[@]}" --show-bin-path)/$1"; then
    echo "$(basename "$0"): $1 could not be built, so nothing was run. The lines above say why." >&2
    exit 70
  fi
  export program
}
