import type { BudgetLine } from '#lib/domain/application/budget.ts';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { PlanChoice } from '#lib/domain/plan/quote.ts';
import type { DecisionForm } from '#lib/domain/review/decision.ts';
import type { DemoLogin } from '#lib/server/demo/demo-staff.ts';

/** A paper of the folder `papers`, drawn for the demo; the people and firms on them are invented. */
export interface Paper {
	readonly kind: EvidenceKind;
	readonly file: 'employment.jpg' | 'hospital.jpg' | 'closure.jpg' | 'payslip.pdf' | 'statement.pdf';
	/** As its owner had named it. */
	readonly name: string;
}

/** An application of the demo, and how far it has come. */
export interface DemoApplication {
	/** Of the cast. */
	readonly applicant: string;
	/** Which of the applicant's accounts. */
	readonly account: number;
	readonly hoursAgo: number;
	readonly reason: Reason;
	readonly circumstances: string;
	readonly budget: Readonly<Partial<Record<BudgetLine, string>>>;
	readonly papers: readonly Paper[];
	/** A draft has none yet. */
	readonly plan?: { readonly product: string; readonly choice: PlanChoice };
	/** Who took it, and what they decided where they did; nobody has taken one without. */
	readonly taken?: { readonly by: DemoLogin; readonly decision?: DecisionForm & { readonly note: string } };
}

/**
 * So ordered that "take next" gives each to whoever is to take it: those that are decided, first or for good, or in hand
 * come first, and then those that wait.
 */
export const DEMO_APPLICATIONS: readonly DemoApplication[] = [
	{
		applicant: '赵启明',
		account: 0,
		hoursAgo: 50,
		reason: 'business_failure',
		circumstances: '小吃店上个月关门了，现在跑外卖，收入比以前少一半，但每个月能按时还。',
		budget: { wages: '5200', housing: '1500', food: '1200', utilities_and_phone: '260', transport: '200' },
		papers: [
			{ kind: 'business_closure_record', file: 'closure.jpg', name: '注销通知.jpg' },
			{ kind: 'bank_statement', file: 'statement.pdf', name: '流水.pdf' },
		],
		plan: { product: 'personal-instalments', choice: { instalments: 24, deferralMonths: 0 } },
		taken: {
			by: 'lin',
			decision: { outcome: 'approved', reason: null, words: '材料齐全，方案可行。祝一切顺利。', note: '收支有结余。' },
		},
	},
	{
		applicant: '苏婉清',
		account: 1,
		hoursAgo: 44,
		reason: 'income_drop',
		circumstances: '公司减薪，暂时只能还一部分。',
		budget: { wages: '4800', housing: '2600', food: '1300', family: '900' },
		papers: [{ kind: 'payslip', file: 'payslip.pdf', name: '工资单.pdf' }],
		plan: { product: 'personal-instalments', choice: { instalments: 3, deferralMonths: 0 } },
		taken: {
			by: 'fang',
			decision: {
				outcome: 'declined',
				reason: 'plan_not_affordable',
				words: '每期金额高于您每月的结余。选更长的期数，可以马上重新申请。',
				note: '建议 36 期。',
			},
		},
	},
	{
		applicant: '冯国栋',
		account: 0,
		hoursAgo: 28,
		reason: 'business_failure',
		circumstances: '装修队停工四个月，工程款收不回来，想分五年慢慢还清。',
		budget: { wages: '6500', household_income: '4200', housing: '2200', food: '1800', family: '1500' },
		papers: [{ kind: 'bank_statement', file: 'statement.pdf', name: '对公流水.pdf' }],
		plan: { product: 'personal-instalments', choice: { instalments: 60, deferralMonths: 0 } },
		// Of an amount that takes two: kept until a supervisor decides the same.
		taken: {
			by: 'lin',
			decision: {
				outcome: 'approved',
				reason: null,
				words: '材料齐全，五年的方案您负担得起。请留意每期的还款日。',
				note: '对公流水与所述一致，家庭收支有结余，够还每期。',
			},
		},
	},
	{
		applicant: 'Marcus Adeyemi',
		account: 0,
		hoursAgo: 3,
		reason: 'income_drop',
		circumstances: 'My hours were cut to sixty per cent for half a year.',
		budget: { wages: '4817.50', housing: '1900', food: '1100', transport: '240' },
		papers: [{ kind: 'payslip', file: 'payslip.pdf', name: 'payslip.pdf' }],
		plan: { product: 'level-interest-instalments', choice: { instalments: 12, deferralMonths: 0 } },
		taken: { by: 'omar' },
	},
	{
		applicant: '许志强',
		account: 0,
		hoursAgo: 20,
		reason: 'unemployment',
		circumstances: '仓库裁员，正在找工作，已经面试了两家。',
		budget: { benefits: '1936', household_income: '3500', housing: '1800', food: '1000', utilities_and_phone: '300' },
		papers: [
			{ kind: 'end_of_employment_letter', file: 'employment.jpg', name: 'IMG_2041.jpg' },
			{ kind: 'bank_statement', file: 'statement.pdf', name: '银行流水.pdf' },
		],
		plan: { product: 'personal-instalments', choice: { instalments: 36, deferralMonths: 0 } },
	},
	{
		applicant: '何美玲',
		account: 0,
		hoursAgo: 6,
		reason: 'illness_or_injury',
		circumstances: '摔断了腿，做了手术，医生让休息三个月。三个月后可以回去上班。',
		budget: { benefits: '2400', household_income: '2600', housing: '1200', food: '1000', health: '600' },
		papers: [
			{ kind: 'hospital_certificate', file: 'hospital.jpg', name: '诊断证明.jpg' },
			{ kind: 'payslip', file: 'payslip.pdf', name: '工资条.pdf' },
		],
		plan: { product: 'deferral-then-instalments', choice: { instalments: 24, deferralMonths: 3 } },
	},
	{
		applicant: '高晓光',
		account: 0,
		hoursAgo: 1,
		reason: 'unemployment',
		circumstances: '',
		budget: { benefits: '1936', housing: '1500' },
		papers: [],
	},
];
