import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How the fake runs a container: in bubblewrap, with the machine's /usr for an image; or as it is, which contains nothing. */
type Way = 'contained' | 'bare';

export interface FakeContainerEngine {
  /** In which the fake is docker. */
  readonly env: Readonly<Record<string, string>>;
  /** Arguments of every call so far. */
  calls(): readonly (readonly string[])[];
  [Symbol.dispose](): void;
}

const CONTAINED = `exec bwrap --unshare-all --unshare-user --uid 65534 --gid 65534 --die-with-parent --clearenv \\
    --setenv PATH /usr/local/bin:/usr/bin:/bin --setenv OF_THE_IMAGE yes --ro-bind /usr /usr --symlink usr/bin /bin \\
    --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc --remount-ro /proc --dev-bind /dev/null /dev/null --dev-bind /dev/zero /dev/zero \\
    --dev-bind /dev/urandom /dev/urandom --size "$size" --tmpfs /tmp \\
    --chdir /tmp --remount-ro / --cap-drop ALL -- "$entry" "$@"`;

/** A program that takes the place of docker's client where there is no service behind it. It has one image, \`codejury-sandbox\`. */
export function fakeContainerEngine(way: Way): FakeContainerEngine {
  const folder = mkdtempSync(path.join(tmpdir(), 'codejury-engine-'));
  const bin = path.join(folder, 'bin');
  chmodSync(folder, 0o755);
  mkdirSync(bin);
  writeFileSync(path.join(folder, 'calls'), '');
  const script = `#!/bin/sh
printf '%s\\0' "$@" end >>'${folder}/calls'
case $1 in
  image)
    case $5 in codejury-sandbox) echo sha256:1 ;; *) echo "Error response from daemon: No such image: $5" >&2; exit 1 ;; esac ;;
  run)
    shift
    while :; do
      case $1 in
        --name) name=$2; shift 2 ;;
        --entrypoint) entry=$2; shift 2 ;;
        --tmpfs) size=\${2##*size=}; shift 2 ;;
        --rm|--interactive|--read-only|--no-healthcheck) shift ;;
        --*) shift 2 ;;
        *) shift; break ;;
      esac
    done
    echo $$ >'${folder}'/$name
    ${way === 'contained' ? CONTAINED : 'exec "$entry" "$@"'} ;;
  kill) kill -9 "$(cat '${folder}'/$2)" ;;
  ps) basename -a '${folder}'/codejury-* ;;
  rm) shift 2; for name; do kill -9 "$(cat '${folder}'/$name)" && rm '${folder}'/$name; done ;;
esac
`;
  writeFileSync(path.join(bin, 'docker'), script, { mode: 0o755 });
  return {
    env: { PATH: `${bin}:/usr/bin:/bin`, CODEJURY_HOME: path.join(folder, 'home') },
    calls: () =>
      readFileSync(path.join(folder, 'calls'), 'utf8')
        .split('\0end\0')
        .slice(0, -1)
        .map((call) => call.split('\0')),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
