import { describe, expect, it } from 'vitest';
import {
  mayLoad,
  mayNavigate,
  ownPath,
  reportedRun,
  shownRun,
} from '#main/electron/security/app-address.ts';

describe('ownPath', () => {
  it('is the path of our own addresses only', () => {
    expect(ownPath('app://lab/index.html#/runs/1')).toBe('/index.html');
    for (const foreign of [
      'app://lab.example/index.html',
      'app://other/',
      'app://lab:80/',
      'app://user@lab/',
      'app:lab/index.html',
      'https://lab/index.html',
      'file:///lab/index.html',
      'lab',
      '',
    ]) {
      expect(ownPath(foreign), foreign).toBeNull();
    }
  });
});

describe('mayNavigate', () => {
  it('lets the page go to itself, and a frame to reports', () => {
    expect(mayNavigate('app://lab/index.html', true)).toBe(true);
    expect(mayNavigate('app://lab/report/r-1.html', false)).toBe(true);
  });

  it('lets neither go where the other may, and nobody elsewhere', () => {
    expect(mayNavigate('app://lab/report/r-1.html', true)).toBe(false);
    expect(mayNavigate('app://lab/index.html', false)).toBe(false);
    for (const address of ['https://example.com/', 'file:///c:/a.labrun', 'data:text/html,x']) {
      for (const isMainFrame of [true, false]) {
        expect(mayNavigate(address, isMainFrame), address).toBe(false);
      }
    }
  });
});

it('the page loads its own files and what it made itself', () => {
  expect(mayLoad('app://lab/assets/a.js')).toBe(true);
  expect(mayLoad('data:image/png;base64,AA==')).toBe(true);
  expect(mayLoad('blob:app://lab/8f0e')).toBe(true);
  for (const address of [
    'https://example.com/a.js',
    'http://127.0.0.1/',
    'ws://127.0.0.1/ws',
    'file:///etc/passwd',
    'blob:app://lab.example/1',
    'blob:https://example.com/1',
    'devtools://devtools/a.js',
    'chrome://version',
  ]) {
    expect(mayLoad(address), address).toBe(false);
  }
});

it('a report’s address names its run', () => {
  expect(reportedRun('/report/20260101-a.html')).toBe('20260101-a');
  expect(reportedRun('/report/a%20b.html')).toBe('a b');
  for (const path of ['/report/.html', '/report/a/b.html', '/report/a', '/report/%.html', '/a']) {
    expect(reportedRun(path), path).toBeNull();
  }
});

it('the page’s address says which recorded run it shows', () => {
  expect(shownRun('app://lab/index.html#/runs/20260101-a')).toBe('20260101-a');
  expect(shownRun('app://lab/index.html#/runs/a%20b?tab=events')).toBe('a b');
  for (const address of [
    'app://lab/index.html#/runs',
    'app://lab/index.html#/live/x',
    'https://example.com/#/runs/1',
    'app://lab/index.html#/runs/%',
  ]) {
    expect(shownRun(address), address).toBeNull();
  }
});
