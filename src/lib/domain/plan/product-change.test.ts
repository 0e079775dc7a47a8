import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActingStaff } from '#lib/domain/access/four-eyes.ts';
import { type JudgedProposal, refusesAnswering, refusesProposing } from '#lib/domain/plan/product-change.ts';

const ines: ActingStaff = { staffId: 'ines', role: 'admin', isDisabled: false };
const hai: ActingStaff = { staffId: 'hai', role: 'admin', isDisabled: false };
const proposal: JudgedProposal = { change: 'publish', status: 'proposed', proposedBy: 'ines', baseVersion: 3 };
const newest = { version: 3, isOffered: true };

test('a second person publishes or rejects, and who proposed only takes back', () => {
	const judged = { proposal, newest, note: 'Because.' };
	expect(refusesAnswering({ ...judged, actor: ines, answer: 'published' })).toBe('own_proposal');
	expect(refusesAnswering({ ...judged, actor: ines, answer: 'rejected' })).toBe('own_proposal');
	expect(refusesAnswering({ ...judged, actor: ines, answer: 'withdrawn' })).toBeUndefined();
	expect(refusesAnswering({ ...judged, actor: hai, answer: 'published' })).toBeUndefined();
	expect(refusesAnswering({ ...judged, actor: hai, answer: 'rejected' })).toBeUndefined();
	expect(refusesAnswering({ ...judged, actor: hai, answer: 'withdrawn' })).toBe('not_yours');
});

test('what is answered stays answered, whoever comes and however', () => {
	for (const status of ['published', 'rejected', 'withdrawn'] as const) {
		for (const actor of [ines, hai]) {
			for (const answer of ['published', 'rejected', 'withdrawn'] as const) {
				const closed = { ...proposal, status };
				expect(refusesAnswering({ actor, answer, proposal: closed, newest, note: 'x' })).toBe('closed');
			}
		}
	}
});

test('nothing is published over a version that its maker did not see', () => {
	fc.assert(
		fc.property(fc.option(fc.integer({ min: 1, max: 9 })), fc.option(fc.integer({ min: 1, max: 9 })), (base, found) => {
			const judged = { ...proposal, baseVersion: base };
			const answer = refusesAnswering({
				actor: hai,
				answer: 'published',
				proposal: judged,
				newest: found === null ? null : { version: found, isOffered: true },
				note: '',
			});
			expect(answer).toBe(base === found ? undefined : 'outdated');
		}),
	);
});

test('a rejection says why', () => {
	expect(refusesAnswering({ actor: hai, answer: 'rejected', proposal, newest, note: ' ' })).toBe('note_missing');
});

test('only administrators who are still here have a say', () => {
	const strangers: ActingStaff[] = [
		{ ...hai, isDisabled: true },
		...(['agent', 'supervisor', 'support'] as const).map((role) => ({ ...hai, role })),
	];
	for (const actor of strangers) {
		expect(refusesAnswering({ actor, answer: 'published', proposal, newest, note: '' })).toBe('wrong_role');
		const proposed = { change: 'publish', baseVersion: 3, newest, isProposed: false, note: 'Why.' } as const;
		expect(refusesProposing({ actor, ...proposed })).toBe('wrong_role');
	}
});

test('a change is proposed on the newest version, one at a time, and only what is offered is retired', () => {
	const proposing = {
		actor: ines,
		change: 'publish',
		baseVersion: 3,
		newest,
		isProposed: false,
		note: 'Why.',
	} as const;
	expect(refusesProposing(proposing)).toBeUndefined();
	expect(refusesProposing({ ...proposing, baseVersion: 2 })).toBe('outdated');
	expect(refusesProposing({ ...proposing, isProposed: true })).toBe('already_proposed');
	expect(refusesProposing({ ...proposing, note: '\n' })).toBe('why_missing');
	expect(refusesProposing({ ...proposing, baseVersion: null })).toBe('code_taken');
	expect(refusesProposing({ ...proposing, baseVersion: null, newest: null })).toBeUndefined();
	const retired = { version: 3, isOffered: false };
	expect(refusesProposing({ ...proposing, newest: retired })).toBeUndefined();
	expect(refusesProposing({ ...proposing, change: 'retire', newest: retired })).toBe('not_offered');
});
