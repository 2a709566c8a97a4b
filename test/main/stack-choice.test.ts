import { expect, test } from 'vitest';
import { chooseStack } from '#main/service/stack-choice.ts';
import { sampleHost } from './host-sample.ts';

const LOADED = { unavailable: null };
const MISSING = { unavailable: 'ws2_32.dll is part of Windows, and this is Linux' };

test('auto takes Winsock on a Windows host that accepts the option, servers and clients alike', () => {
  expect(chooseStack('auto', sampleHost(), LOADED).stack).toBe('winsock');
  const client = sampleHost({
    os: { name: 'Windows 11', build: '26100', productType: 'workstation' },
  });
  const choice = chooseStack('auto', client, LOADED);
  expect(choice.stack).toBe('winsock');
  expect(choice.why).toContain('clients not supported');
});

test('auto falls back to the model, and says why', () => {
  expect(chooseStack('auto', sampleHost(), MISSING)).toEqual({
    stack: 'simulated',
    why: MISSING.unavailable,
  });
  expect(chooseStack('auto', sampleHost({ wine: '8.0' }), LOADED)).toMatchObject({
    stack: 'simulated',
  });
  expect(chooseStack('auto', sampleHost({ wine: '8.0' }), LOADED).why).toContain('Wine 8.0');
  const host = sampleHost();
  const refusing = {
    ...host,
    options: {
      ...host.options,
      SO_PORT_SCALABILITY: { ...host.options.SO_PORT_SCALABILITY, settable: false },
    },
  };
  expect(chooseStack('auto', refusing, LOADED).stack).toBe('simulated');
});

test('winsock forces it wherever ws2_32 loads, Wine included, and is refused elsewhere', () => {
  expect(chooseStack('winsock', sampleHost({ wine: '8.0' }), LOADED).stack).toBe('winsock');
  expect(() => chooseStack('winsock', sampleHost(), MISSING)).toThrow(/--stack winsock.*Linux/);
});

test('simulated is always to be had', () => {
  expect(chooseStack('simulated', sampleHost(), LOADED).stack).toBe('simulated');
});
