import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopeNotes } from './scope-notes.ts';

const sites = { berlin: { settings: {} } };
const groups = { lobby: { settings: {} }, night: { settings: {} } };

test('a site or group that the file does not have is told, each by itself', () => {
  assert.deepEqual(scopeNotes({ sites, groups }, { site: 'berlin', group: 'night, lobby' }), []);
  const notes = scopeNotes({ sites, groups }, { site: 'Rome', group: 'lobby,nihgt' });
  assert.deepEqual(
    notes.map(({ text }) => text),
    [
      'the workspace file has no site "Rome"',
      'the workspace file has no group "nihgt"; did you mean "night"?',
    ],
  );
});

test('where the file has none, labels are for people', () => {
  assert.deepEqual(scopeNotes({ sites: {}, groups: {} }, { site: 'x', group: 'y' }), []);
  assert.deepEqual(scopeNotes({ sites, groups }, {}), []);
});
