import { expect, test } from 'vitest';
import { type CaseState, caseNews } from '#lib/domain/live/case-news.ts';

const li = { staffId: 'li', name: 'Li Na' };
const free: CaseState = { status: 'submitted', version: 3, fence: 1, holder: null };
const held: CaseState = { ...free, status: 'in_review', fence: 2, holder: li };

test('a taking is told with who took it, and whether that is oneself', () => {
	expect(caseNews(free, held, 'wang')).toEqual({ what: 'taken', name: 'Li Na', isYou: false });
	expect(caseNews(free, held, 'li')).toEqual({ what: 'taken', name: 'Li Na', isYou: true });
});

test('put back, changed, decided and withdrawn are told apart', () => {
	expect(caseNews(held, { ...free, fence: 2 }, 'wang')).toEqual({ what: 'put_back' });
	expect(caseNews(held, { ...held, version: 4 }, 'li')).toEqual({ what: 'changed' });
	expect(caseNews(held, { ...held, status: 'approved', holder: null }, 'wang')).toEqual({ what: 'decided' });
	expect(caseNews(held, { ...held, status: 'withdrawn', version: 4 }, 'li')).toEqual({ what: 'withdrawn' });
});

test('a status that is none of the queue’s ends the work on it, and coming back is a change', () => {
	const offered: CaseState = { ...held, status: 'counter_offered', holder: null };
	expect(caseNews(held, offered, 'li')).toEqual({ what: 'decided' });
	expect(caseNews(offered, free, 'li')).toEqual({ what: 'changed' });
});

test('where nothing changed there is nothing to tell', () => {
	expect(caseNews(held, { ...held }, 'li')).toBeUndefined();
});
