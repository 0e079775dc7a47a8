import { expect, test } from 'vitest';
import type { EvidenceKind, EvidenceNeed } from '#lib/domain/application/evidence.ts';
import { AGAIN_REASONS } from '#lib/domain/review/page-check.ts';
import { againReasonWords } from '#lib/messages/page-check-words.ts';
import type { ListedEvidence } from '#lib/server/evidence/list-evidence.ts';
import { awaitedOf, checklistOf } from './checklist.ts';

const NEEDS: readonly EvidenceNeed[] = [
	{ need: 'reason', oneOf: ['disaster_certificate'], optional: false },
	{ need: 'income', oneOf: ['payslip', 'tax_record'], optional: false },
];

function page(id: string, kind: EvidenceKind, more: Partial<ListedEvidence> = {}): ListedEvidence {
	return {
		...{ id, kind, fileName: `${id}.jpg`, contentType: 'image/jpeg', byteSize: 1, hasThumbnail: true, pageCount: 1 },
		...{ sensitivity: null, receivedAt: new Date(0), state: 'ready', refusal: null, turns: 0, check: null },
		...more,
	};
}

const again = { check: { verdict: 'again', reason: 'cut_off', words: '', at: new Date(0) } } as const;
const draft = { status: 'draft', needs: NEEDS, missingEvidence: [], requests: [] } as const;
const kindsOf = (evidence: readonly ListedEvidence[]) =>
	checklistOf({ ...draft, evidence }).map(({ need, items }) => [need, ...items.map(({ kind }) => kind)]);

test('the list holds what the reason asks for, in its order', () => {
	expect(kindsOf([])).toEqual([
		['reason', 'disaster_certificate'],
		['income', 'payslip', 'tax_record'],
	]);
});

test('what was sent for a reason named before is still there to be seen and removed', () => {
	const evidence = [page('a', 'medical_record'), page('b', 'payslip')];
	expect(kindsOf(evidence)).toContainEqual(['more', 'medical_record']);
	const shown = checklistOf({ ...draft, evidence }).flatMap(({ items }) => items.flatMap((item) => item.pages));
	expect(shown.map(({ id }) => id).sort()).toEqual(['a', 'b']);
});

test('pages are counted within their kind', () => {
	const evidence = [page('a', 'payslip'), page('b', 'tax_record'), page('c', 'payslip')];
	const income = checklistOf({ ...draft, evidence })[1];
	expect(income?.items[0]?.pages.map(({ id, number, count }) => [id, number, count])).toEqual([
		['a', 1, 2],
		['c', 2, 2],
	]);
});

test('once it is sent, only what is asked for again is shown, with its reason in words', () => {
	const evidence = [page('a', 'payslip'), page('b', 'payslip', again), page('c', 'tax_record')];
	const awaited = awaitedOf({ ...draft, status: 'in_review', evidence });
	expect(awaited.map(({ kind, pages }) => [kind, pages.map(({ id }) => id)])).toEqual([['payslip', ['b']]]);
	expect(awaited[0]?.pages[0]).toMatchObject({ number: 2, deeds: ['replace'], again: { words: '' } });
	expect(awaited[0]?.pages[0]?.again?.why).not.toBe('');
	expect(awaitedOf({ ...draft, status: 'approved', evidence })).toEqual([]);
});

test('whatever reason the desk gives, the cardholder reads that one, with the agent’s words beside it', () => {
	for (const reason of AGAIN_REASONS) {
		const check = { verdict: 'again', reason, words: '右下角', at: new Date(0) } as const;
		const [item] = awaitedOf({ ...draft, status: 'in_review', evidence: [page('a', 'payslip', { check })] });
		expect(item?.pages[0]?.again).toEqual({ why: againReasonWords(reason), words: '右下角' });
	}
});
