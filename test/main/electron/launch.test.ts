import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseServiceAddress, readLaunch } from '#main/electron/launch.ts';
import { LabError } from '#engine/model/lab-error.ts';

const folder = resolve('/home/admin');
const nothing = { service: null, database: null, runFiles: [] };

function refusalOf(act: () => unknown): LabError {
  try {
    act();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('readLaunch', () => {
  it('asks nothing of an empty command line', () => {
    expect(readLaunch([], folder)).toEqual(nothing);
  });

  it('passes over switches of Electron and Chromium', () => {
    const words = ['--no-sandbox', '--user-data-dir=/tmp/x', '/lab/out/main.js', '--lang', 'de'];
    expect(readLaunch(words, folder)).toEqual(nothing);
  });

  it('takes values behind a space and behind an equals sign, the last one counting', () => {
    expect(readLaunch(['--db', 'a.db'], folder).database).toBe(resolve(folder, 'a.db'));
    expect(readLaunch(['--db=/x/b.db'], folder).database).toBe(resolve('/x/b.db'));
    expect(readLaunch(['--db', 'a.db', '--db=/x/b.db'], folder).database).toBe(resolve('/x/b.db'));
  });

  it.each([[['--db']], [['--connect']], [['--connect', '--db=x']], [['--db', '']]])(
    'says that a value is missing: %j',
    (words) => {
      expect(refusalOf(() => readLaunch(words, '/')).message).toMatch(/its value is missing/);
    },
  );

  it('finds run files in any spelling, absolute', () => {
    const words = ['one.labrun', '/x/Two.LABRUN', '--profile=three.labrun', 'four.txt'];
    expect(readLaunch(words, folder).runFiles).toEqual([
      resolve(folder, 'one.labrun'),
      resolve('/x/Two.LABRUN'),
    ]);
  });
});

describe('parseServiceAddress', () => {
  const token = 'k3Zx-_9QpL2mN8vB4cT7yW1sD6fG0hJ5';

  it.each([
    [`http://127.0.0.1:8123/#${token}`, '127.0.0.1:8123'],
    [`ws://127.0.0.1:8123/#${token}`, '127.0.0.1:8123'],
    [`http://localhost:9000/#${token}`, 'localhost:9000'],
    [`ws://[::1]:9000/#${token}`, '[::1]:9000'],
    [`http://127.8.9.1:80/#${token}`, '127.8.9.1'],
  ])('reads %s', (text, host) => {
    expect(parseServiceAddress(text)).toEqual({ host, token });
  });

  it('reads one without a token, which may only look', () => {
    expect(parseServiceAddress('http://127.0.0.1:8123')).toEqual({
      host: '127.0.0.1:8123',
      token: '',
    });
  });

  it.each([
    'ws://192.168.1.5:8123/#t',
    'http://server.example/#t',
    'http://127.0.0.1.example/#t',
    'ws://127.0.0.1@evil.example:80/',
    'http://[2001:db8::1]:80/',
  ])('refuses another machine, %s, and says how it is done', (text) => {
    const refusal = refusalOf(() => parseServiceAddress(text));
    expect(refusal.kind).toBe('usage');
    expect(refusal.hint).toMatch(/ssh -L/);
  });

  it.each(['', 'host', '127.0.0.1:80', 'https://127.0.0.1/', 'file:///etc/passwd', 'javascript:1'])(
    'refuses %j as no address',
    (text) => {
      expect(refusalOf(() => parseServiceAddress(text)).message).toMatch(/no address/);
    },
  );
});
