import { EACH_PROCESS } from '../limit-script.ts';
import type { Protection } from '../sandbox.ts';
import type { ContainerSetup } from './container-arguments.ts';
import type { Facts } from './try-container.ts';

/** What a container that was tried does, and fails to do. */
export function describeContainer(
  { engine: name, image, profile }: ContainerSetup,
  facts: Facts,
): Protection[] {
  const on = (what: string, detail: string): Protection => ({ name: what, active: true, detail });
  return [
    on('no network', 'own network namespace without devices but its own loopback'),
    on('read-only system', `the image ${image} alone is visible, as ${name} shows it; nothing of the disk`),
    on('private scratch space', '/tmp in memory, limited in size, gone after the run'),
    on('private processes', 'own process numbers; every process dies with the run, and soon after codejury'),
    on('clean environment', "no variable is inherited but the image's PATH"),
    on('no privileges', 'all capabilities dropped, no new ones'),
    on('no root', 'runs have the rights of an ordinary user'),
    on('time', 'wall clock, and CPU time of each process'),
    on('output', 'each stream is cut and the run killed'),
    {
      name: 'memory of all processes together',
      active: facts.memory,
      detail: facts.memory ? 'cgroup of the container' : `${name} does not limit it: ${EACH_PROCESS}`,
    },
    {
      name: 'number of processes',
      active: facts.processes,
      detail: facts.processes ? 'cgroup of the container' : `${name} does not limit it`,
    },
    {
      name: 'system call filter',
      active: facts.filter,
      detail: !facts.filter
        ? `${name} uses none`
        : profile === null
          ? `${name}'s own`
          : 'no tracing, mounts, namespaces, keys, shared memory, io_uring, bpf or foreign sockets',
    },
  ];
}
