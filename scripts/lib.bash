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
build_program() {
  local quiet=()
  [[ -t 2 ]] || quiet=(--quiet)
  swift build "${build_flags[@]}" "${quiet[@]}" --product "$1" >&2
  program="$(swift build "${build_flags[@]}" --show-bin-path)/$1"
  export program
}
