import { describe, expect, test } from 'vitest';
import { agreedInstalments } from '#lib/domain/agreement/accrued.ts';
import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import { paperChanges } from '#lib/domain/agreement/paper-changes.ts';
import { METHODS, schedule } from '#lib/domain/plan/schedule.ts';
import { agreementPaper } from '#lib/messages/agreement-paper.ts';
import { languages } from '#lib/messages/languages.ts';

const plan = schedule({
	method: 'equalInstalments',
	principal: 1_248_217,
	instalments: 12,
	periodicRate: { numerator: 35, denominator: 10_000 },
	firstDueDate: '2026-12-25',
	deferralMonths: 0,
	deferralInterest: null,
});

const FACTS: AgreementFacts = {
	reference: 'G-20001',
	applicationReference: 'A-10001',
	quoteNumber: 7,
	termsHash: 'ab'.repeat(32),
	bankName: 'Example Bank',
	bankPhone: '400 820 0000',
	cardholderName: '王小明',
	cardLast4: '4821',
	productNames: { 'zh-CN': '个性化分期还款', en: 'Personal instalments' },
	offeredOn: '2026-11-21',
	signBy: new Date('2026-11-28T12:15:00Z'),
	timeZone: 'Asia/Shanghai',
	bindingLocale: 'zh-CN',
	currency: 'CNY',
	asOf: '2026-11-20',
	owed: {
		principal: 1_200_000,
		billedInterest: 30_000,
		unbilledInterest: 10_000,
		billedFees: 5_000,
		unbilledLateFees: 8_317,
		credit: 100,
		totalOutstanding: 1_253_217,
	},
	waived: { lateFees: 5_000, interest: 0, at: 'completion' },
	principal: 1_248_217,
	method: 'equalInstalments',
	instalments: 12,
	deferralMonths: 0,
	deferralInterest: null,
	periodicRate: '0.0035',
	annualRateSimple: '4.20',
	annualRateEffective: '4.28',
	totalInterest: plan.totalInterest,
	totalPayable: plan.totalPayable,
	accrued: null,
	rows: agreedInstalments(plan.rows, 0),
	cureDays: 15,
};

describe.each(languages())('the agreement in %s', (locale) => {
	const said = (changes: Partial<AgreementFacts> = {}) =>
		JSON.stringify(agreementPaper({ ...FACTS, ...changes }, locale).blocks);

	test('has the six contents without which nothing can be signed', () => {
		const text = said();
		const figures = [
			'¥12,000.00',
			'¥300.00',
			'¥100.00',
			'¥50.00',
			'¥83.17',
			'−¥1.00',
			'¥12,532.17',
			'¥12,482.17',
			'CNY',
		];
		for (const figure of figures) expect(text).toContain(figure);
		const { blocks } = agreementPaper(FACTS, locale);
		const table = blocks.find((block) => block.kind === 'table');
		expect(table?.rows).toHaveLength(12);
		expect(text).toContain('4.20%');
		expect(text).toContain('4.28%');
		expect(text).toContain('0.35%');
		expect(blocks.filter(({ kind }) => kind === 'heading')).toHaveLength(7);
		for (const known of ['15', '400 820 0000', '12378', '4821', 'A-10001', 'G-20001', FACTS.termsHash]) {
			expect(text).toContain(known);
		}
	});

	test.each(METHODS)('is written for %s, deferred or not, with and without waivers', (method) => {
		for (const deferralInterest of ['waived', 'added', 'capitalised'] as const) {
			expect(said({ method, deferralMonths: 3, deferralInterest })).not.toMatch(/\{\w+\}/);
		}
		expect(said({ method, totalInterest: 0, rows: FACTS.rows.slice(0, 1), bankPhone: '' })).not.toContain('undefined');
	});

	test('what accrued until the day of signing stands in the first row and in a sentence, and in no paper without it', () => {
		const accrued = { until: '2026-11-22', amount: 2_468 };
		const rows = agreedInstalments(plan.rows, accrued.amount);
		expect(said({ accrued, rows }).match(/¥24\.68/g)).toHaveLength(2);
		expect(said()).not.toContain('¥24.68');
		expect(said({ accrued: { ...accrued, amount: 0 } })).not.toContain('¥0.00 ');
	});
});

test('the version that does not bind names the one that does by its hash', () => {
	expect(JSON.stringify(agreementPaper(FACTS, 'en', 'cd'.repeat(32)))).toContain('cd'.repeat(32));
});

test('the same facts give the same paper, and another name changes one line', () => {
	const paper = agreementPaper(FACTS, 'zh-CN');
	expect(agreementPaper(FACTS, 'zh-CN')).toEqual(paper);
	expect(paperChanges(paper, agreementPaper({ ...FACTS, cardholderName: '李雷' }, 'zh-CN'))).toEqual([
		{ before: '乙方（持卡人） 王小明', after: '乙方（持卡人） 李雷' },
	]);
});
