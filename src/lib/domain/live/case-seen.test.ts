import { expect, test } from 'vitest';
import { type CaseState, caseNews } from '#lib/domain/live/case-news.ts';
import { seenText, stateOnPage } from '#lib/domain/live/case-seen.ts';

const present: CaseState = { status: 'in_review', version: 5, fence: 3, holder: { staffId: 'li', name: 'Li Na' } };
const newsSince = (text: string) => {
	const known = stateOnPage(text, present);
	return known && caseNews(known, present, 'wang');
};

test('what happened before the stream was open is told when it opens', () => {
	expect(newsSince(seenText({ hold: 'waiting', fence: 2 }))).toMatchObject({ what: 'taken', name: 'Li Na' });
	expect(newsSince(seenText({ hold: 'taken', fence: 3, version: 4 }))).toEqual({ what: 'changed' });
});

test('a page that shows what is hears nothing, and neither does one that knows nothing', () => {
	expect(newsSince(seenText({ hold: 'taken', fence: 3, version: 5 }))).toBeUndefined();
	expect(newsSince(seenText({ hold: 'taken', fence: 3 }))).toBeUndefined();
	for (const text of ['', 'closed.3.5', 'yours.x.1', 'mine.1.1', 'yours.1']) expect(newsSince(text)).toBeUndefined();
});
