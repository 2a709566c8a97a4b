import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from './documented-world.ts';
import { bindIn, draftArbitrary, fillIn, socketIn, sorted, worldOf } from './documented-world.ts';
import { OPTION } from './stack-under-test.ts';

const RUNS = process.env['PORTLAB_DEEP'] === '1' ? 2_000 : 100;
const NO_PORT = 10055;

/** A rule that holds on every host of the documented profile. */
function always(check: (draft: Draft, chance: number) => void): void {
  fc.assert(fc.property(draftArbitrary, fc.nat(), check), { numRuns: RUNS });
}

describe('the rules of the SO_PORT_SCALABILITY page, profile documented', () => {
  it('PS-1: without the option all addresses together get one range, less what others hold anywhere', () => {
    always((draft) => {
      const world = worldOf(draft);
      const taken = new Set(world.others.map(({ port }) => port));
      const { ports, code } = fillIn(world, draft, world.names);
      expect(sorted(ports)).toEqual(world.usable.filter((port) => !taken.has(port)));
      expect(code).toBe(NO_PORT);
    });
  });

  it('PS-2: with it each address gets every number but those held on it, on all, or without the option', () => {
    always((draft) => {
      const world = worldOf(draft);
      for (const name of world.names) {
        const barred = world.others.filter(
          ({ address, kind }) =>
            address === name || address === world.wildcard || kind === 'legacy',
        );
        const legal = world.usable.filter((port) => barred.every((other) => other.port !== port));
        const { ports, code } = fillIn(world, draft, [name], [OPTION]);
        expect(sorted(ports)).toEqual(legal);
        expect(code).toBe(NO_PORT);
      }
    });
  });

  it('PS-3: on a host of its own that is range times addresses', () => {
    always((draft) => {
      const world = worldOf(draft, { others: false });
      const { ports } = fillIn(world, draft, world.names, [OPTION]);
      expect(ports).toHaveLength(world.usable.length * world.names.length);
      expect(world.stack.freeOnAll(draft.protocol, draft.family)).toBe(0);
    });
  });

  it('PS-4: a number held through the option is lost to option-less sockets on every address', () => {
    always((draft, chance) => {
      const world = worldOf(draft);
      const held = new Set(world.others.map(({ port }) => port));
      for (let i = 0; i < chance % 50; i++) {
        const name = world.names[(chance + i * i) % world.names.length]!;
        const port = bindIn(world, draft, name, [OPTION]);
        if (port > 0) held.add(port);
      }
      const targets = [...world.names, world.wildcard];
      const { ports } = fillIn(world, draft, [targets[chance % targets.length]!]);
      expect(sorted(ports)).toEqual(world.usable.filter((port) => !held.has(port)));
    });
  });

  it('PS-5: numbers all held through the option on some address starve option-less sockets, until one is back', () => {
    always((draft, chance) => {
      const world = worldOf(draft, { others: false });
      const { stack, usable, names, wildcard } = world;
      const { protocol } = draft;
      const holders = usable.map((port, i) => ({
        protocol,
        address: names[(chance + i * i) % names.length]!,
        port,
        kind: 'option' as const,
      }));
      for (const holder of holders) expect(stack.occupy(holder)).toBe(0);
      for (const address of [...names, wildcard]) {
        expect(bindIn(world, draft, address)).toBe(-NO_PORT);
        expect(bindIn(world, draft, wildcard, [OPTION])).toBe(-NO_PORT);
      }
      const remote = stack.intern(draft.family === 'ipv4' ? '203.0.113.1' : '2001:db8::1');
      expect(stack.connect(socketIn(world, draft), remote, 80)).toBe(NO_PORT);
      const back = holders[chance % Math.max(1, holders.length)];
      if (back === undefined) return;
      stack.vacate(back);
      const target = [...names, wildcard][chance % (names.length + 1)]!;
      expect(bindIn(world, draft, target)).toBe(back.port);
      expect(bindIn(world, draft, target)).toBe(-NO_PORT);
    });
  });

  it('PS-6: the option set after bind is accepted, reads back 1, and changes nothing', () => {
    always((draft, chance) => {
      const [late, never] = [worldOf(draft), worldOf(draft)];
      const address = late.names[0]!;
      const all = [late, never].map((world) =>
        Array.from({ length: chance % 20 }, () => {
          const socket = socketIn(world, draft);
          const code = world.stack.bind(socket, world.stack.intern(address), 0);
          return code === 0 ? socket : 0;
        }).filter((socket) => socket !== 0),
      );
      for (const socket of all[0]!) {
        expect(late.stack.setsockopt(socket, OPTION, 1 + (chance % 9))).toBe(0);
        expect(late.stack.getsockopt(socket, OPTION)).toBe(1);
      }
      const next = late.names[chance % late.names.length]!;
      expect(fillIn(late, draft, [next], [OPTION])).toEqual(fillIn(never, draft, [next], [OPTION]));
      expect(fillIn(late, draft, [next])).toEqual(fillIn(never, draft, [next]));
    });
  });

  it('PS-7: on the wildcard address, or with a port named, the option changes nothing', () => {
    always((draft, chance) => {
      const [withIt, without] = [worldOf(draft), worldOf(draft)];
      const run = (world: typeof withIt, options: readonly (typeof OPTION)[]): unknown[] => {
        const { names, wildcard, usable } = world;
        const named = usable[chance % Math.max(1, usable.length)] ?? 1;
        const first = names[chance % names.length]!;
        return [
          Array.from({ length: chance % 10 }, () => bindIn(world, draft, wildcard, options)),
          bindIn(world, draft, first, options, named),
          bindIn(world, draft, wildcard, options, named),
          // What they leave to others tells what kind of holder each is.
          fillIn(world, draft, [names[0]!], [OPTION]),
          fillIn(world, draft, [names[0]!]),
          world.stack.freeOnAll(draft.protocol, draft.family),
        ];
      };
      expect(run(withIt, [OPTION])).toEqual(run(without, []));
    });
  });

  it('PS-9: it does not go with SO_REUSE_UNICASTPORT on TCP: the second option fails, the first stays', () => {
    const both = [OPTION, 'SO_REUSE_UNICASTPORT'] as const;
    always((draft, chance) => {
      const { stack } = worldOf(draft);
      const [first, second] = chance % 2 === 0 ? both : ([both[1], both[0]] as const);
      const socket = stack.socket(draft.protocol, draft.family);
      const tcp = draft.protocol === 'tcp';
      expect(stack.setsockopt(socket, first, 1 + (chance % 100))).toBe(0);
      expect(stack.setsockopt(socket, second, 1 + (chance % 7))).toBe(tcp ? 10022 : 0);
      expect(stack.getsockopt(socket, first)).toBe(1);
      expect(stack.getsockopt(socket, second)).toBe(tcp ? 0 : 1);
      // Cleared again, the other may be set.
      expect(stack.setsockopt(socket, first, 0)).toBe(0);
      expect(stack.setsockopt(socket, second, 1)).toBe(0);
    });
  });
});
