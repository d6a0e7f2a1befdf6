/**
 * Run by `sh` inside fresh namespaces, as their root. Arguments: a mount point, the paths to show (each read-only at its own
 * place), `--`, and the program to run with everything else gone. The program drops what rights are left by itself (setpriv).
 */
export const WALL_SCRIPT = `set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
ulimit -c 0
new=$1
shift
mount -t tmpfs -o mode=755,size=1m,nosuid,nodev gatehouse "$new"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mkdir -p "$new$1"
  else
    [ -d "$new\${1%/*}" ] || mkdir -p "$new\${1%/*}"
    : > "$new$1"
  fi
  mount -o bind,ro,nosuid,nodev "$1" "$new$1"
  shift
done
shift
mount -o remount,bind,ro,nosuid,nodev "$new"
cd "$new"
unset PWD OLDPWD
exec chroot "$new" "$@"
`
