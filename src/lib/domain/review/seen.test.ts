import { expect, test } from 'vitest';
import { changeSince } from '#lib/domain/review/seen.ts';

const seen = { version: 4, postingMark: 90, evidence: ['a', 'b'] };

test('nothing changed where the same documents come in another order', () => {
	expect(changeSince(seen, { ...seen, evidence: ['b', 'a'] })).toBeUndefined();
});

test('an edit, a document more or fewer and a new posting are each named', () => {
	expect(changeSince(seen, { ...seen, version: 5 })).toBe('application_changed');
	expect(changeSince(seen, { ...seen, version: 5, evidence: ['a', 'c'] })).toBe('evidence_changed');
	expect(changeSince(seen, { ...seen, evidence: ['a'] })).toBe('evidence_changed');
	expect(changeSince(seen, { ...seen, evidence: ['a', 'c'] })).toBe('evidence_changed');
	expect(changeSince(seen, { ...seen, evidence: ['a', 'b', 'c'] })).toBe('evidence_changed');
	expect(changeSince(seen, { ...seen, postingMark: 91 })).toBe('figures_changed');
});
