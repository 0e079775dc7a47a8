import { expect, test } from 'vitest';
import { WORD_KINDS, type WordCourse, type WordDays, wordsKeptTo } from '#lib/domain/application/free-words.ts';
import { STATUSES } from '#lib/domain/application/status.ts';

const short = { approved: 1825, declined: 180, withdrawn: 30, expired_draft: 0 };
const long = { approved: 1825, declined: 1095, withdrawn: 180, expired_draft: 0 };
const DAYS: WordDays = {
	situation: short,
	asked: short,
	offer_answer: short,
	objection: long,
	decision: long,
	note: long,
};

const course = (of: Partial<WordCourse> = {}): WordCourse => ({
	status: 'declined',
	wasSubmitted: true,
	endedOn: '2026-11-20',
	agreement: null,
	objectionTo: null,
	isObjectionOpen: false,
	isHeld: false,
	heldTo: null,
	...of,
});

test('each kind of words has its own days, counted from the day that ended it', () => {
	expect(wordsKeptTo('situation', course(), DAYS)).toBe('2027-05-19');
	expect(wordsKeptTo('objection', course(), DAYS)).toBe('2029-11-19');
	expect(wordsKeptTo('note', course({ status: 'withdrawn' }), DAYS)).toBe('2027-05-19');
	const unsent = course({ status: 'withdrawn', wasSubmitted: false });
	expect(wordsKeptTo('situation', unsent, DAYS)).toBe('2026-11-20');
});

test('no words are over while the application, its agreement, an objection or a hold lives, whatever the days say', () => {
	const living: Partial<WordCourse>[] = [
		...STATUSES.filter((each) => !['approved', 'declined', 'withdrawn'].includes(each)).map((status) => ({ status })),
		{ status: 'approved', agreement: { endedOn: null } },
		{ isObjectionOpen: true },
		{ isHeld: true },
	];
	for (const of of living) {
		for (const kind of WORD_KINDS) expect(wordsKeptTo(kind, course(of), DAYS), JSON.stringify(of)).toBeNull();
	}
});

test('what was agreed counts from the end of the agreement, not from the decision', () => {
	const ended = course({ status: 'approved', endedOn: '2020-01-31', agreement: { endedOn: '2021-01-31' } });
	expect(wordsKeptTo('decision', ended, DAYS)).toBe('2026-01-30');
});

test('a rule of few days takes no words from whoever can still object, nor on the day on which a hold ended', () => {
	const none = { approved: 0, declined: 0, withdrawn: 0, expired_draft: 0 };
	const days = Object.fromEntries(WORD_KINDS.map((kind) => [kind, none])) as WordDays;
	expect(wordsKeptTo('decision', course({ objectionTo: '2026-12-20' }), days)).toBe('2026-12-20');
	expect(wordsKeptTo('decision', course({ heldTo: '2027-01-05', objectionTo: '2026-12-20' }), days)).toBe('2027-01-05');
	expect(wordsKeptTo('situation', course({ heldTo: '2026-11-25' }), DAYS)).toBe('2027-05-19');
});
