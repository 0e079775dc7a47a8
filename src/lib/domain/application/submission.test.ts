import { expect, test } from 'vitest';
import { judgeSubmission } from '#lib/domain/application/submission.ts';
import type { Submission } from '#lib/domain/application/submission.ts';

const complete: Submission = {
	status: 'draft',
	reason: 'disaster',
	quote: 'valid',
	wantsOffer: false,
	productOffered: true,
	ineligible: [],
	needs: [
		{ need: 'reason', oneOf: ['disaster_certificate'], optional: false },
		{ need: 'income', oneOf: ['payslip'], optional: false },
		{ need: 'more', oneOf: ['other_document'], optional: true },
	],
	evidence: ['disaster_certificate', 'payslip'],
	consent: true,
	sensitiveConsent: true,
};
const refusals = (changes: Partial<Submission>) => {
	const outcome = judgeSubmission({ ...complete, ...changes });
	return outcome.ok ? [] : outcome.refusals;
};

test('a complete draft is submitted with nothing missing', () => {
	expect(judgeSubmission(complete)).toEqual({ ok: true, evidenceStillMissing: [] });
});

test('missing evidence is recorded, and keeps nobody from an agent', () => {
	const outcome = judgeSubmission({ ...complete, evidence: ['payslip'], ineligible: ['evidence_missing'] });
	expect(outcome).toEqual({
		ok: true,
		evidenceStillMissing: [{ need: 'reason', oneOf: ['disaster_certificate'], optional: false }],
	});
});

test('submitting twice is told apart from submitting what is over', () => {
	expect(refusals({ status: 'submitted' })).toEqual(['already_submitted']);
	expect(refusals({ status: 'in_review' })).toEqual(['already_submitted']);
	for (const status of ['approved', 'declined', 'withdrawn'] as const) {
		expect(refusals({ status })).toEqual(['no_longer_open']);
	}
});

test('nothing is submitted on old terms', () => {
	expect(refusals({ quote: 'quote_expired' })).toEqual(['quote_expired']);
	expect(refusals({ quote: 'figures_changed' })).toEqual(['figures_changed']);
	expect(refusals({ productOffered: false })).toEqual(['plan_not_offered']);
	expect(refusals({ ineligible: ['too_late', 'evidence_missing'] })).toEqual(['not_eligible']);
});

test('without both consents nothing is submitted, but an unneeded one is not asked for', () => {
	expect(refusals({ consent: false })).toEqual(['consent_missing']);
	expect(refusals({ sensitiveConsent: false })).toEqual(['sensitive_consent_missing']);
	expect(refusals({ sensitiveConsent: false, evidence: ['disaster_certificate'] })).toEqual([]);
});

test('all that is missing is named at once', () => {
	expect(refusals({ reason: null, quote: null, consent: false })).toEqual([
		'reason_missing',
		'plan_missing',
		'consent_missing',
	]);
});
