import { expect, test } from 'vitest';
import { keptUntil } from '#lib/domain/application/draft-keeping.ts';

test('a draft is kept so many whole days from its last change, over a month’s end too', () => {
	expect(keptUntil(new Date('2026-11-22T10:30:00Z'), 30)).toEqual(new Date('2026-12-22T10:30:00Z'));
});
