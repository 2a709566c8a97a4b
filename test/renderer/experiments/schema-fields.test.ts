import { describe, expect, test } from 'vitest';
import { experimentViews } from '#main/service/api/preview.ts';
import { schemaFields } from '#renderer/screens/experiments/schema-fields.ts';

describe('the form’s fields', () => {
  const views = experimentViews();

  test.each(views.map((view) => [view.id, view] as const))(
    'of %s are of a kind the form knows, with words and a default',
    (_, view) => {
      const fields = schemaFields(view.parameters);
      expect(fields.length).toBeGreaterThan(3);
      const properties = view.parameters['properties'] as Record<string, { type?: string }>;
      for (const field of fields) {
        expect(field.label, field.name).not.toBe(field.name);
        // Lists of names are text by nature, and may be empty.
        if (field.kind === 'text') expect(properties[field.name]?.type, field.name).toBe('string');
        else expect(field.defaultText, field.name).not.toBe('');
      }
    },
  );

  test('say choices, switches, and numbers with their limits', () => {
    const [sweep] = views;
    const byName = new Map(
      schemaFields(sweep?.parameters ?? {}).map((field) => [field.name, field]),
    );
    expect(byName.get('protocol')).toMatchObject({ kind: 'choice', values: ['tcp', 'udp'] });
    expect(byName.get('ports')).toMatchObject({ kind: 'switch', defaultText: '0' });
    expect(byName.get('hold')).toMatchObject({ kind: 'number', whole: true, min: 1, max: 2_000 });
    expect(byName.get('coverage')).toMatchObject({ kind: 'number', whole: false, min: 0.5 });
    expect(byName.get('laps')).toMatchObject({
      label: 'Binds on the second address at most, in ranges',
      hint: '3 is three times the range',
    });
  });

  test('of what the form does not know are plain text', () => {
    expect(schemaFields({ properties: { odd: { type: 'array' } } })).toEqual([
      { kind: 'text', name: 'odd', label: 'odd', hint: '', defaultText: '' },
    ]);
    expect(schemaFields({})).toEqual([]);
  });
});
