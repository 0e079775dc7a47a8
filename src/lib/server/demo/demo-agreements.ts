import type { Reason } from '#lib/domain/application/reason.ts';
import type { DemoApplication } from '#lib/server/demo/demo-applications.ts';

/** A plan of the demo that was signed some time ago, and what was paid of it. */
export interface DemoAgreement {
	/** Of the cast; signed on the day on which the book of their account stops. */
	readonly holder: string;
	readonly reason: Reason;
	readonly circumstances: string;
	readonly product: string;
	readonly instalments: number;
	/** Which instalment, how many hundredths of it, and how many days after its day (before it, where negative). */
	readonly payments: readonly { readonly instalment: number; readonly percent: number; readonly daysAfter: number }[];
	/** The rest was settled so many days ago. */
	readonly settledDaysAgo?: number;
}

const IN_TIME = { percent: 100, daysAfter: -1 };

/** One plan in every state. */
export const DEMO_AGREEMENTS: readonly DemoAgreement[] = [
	{
		holder: '秦知夏',
		reason: 'income_drop',
		circumstances: '店里生意淡，提成少了很多，固定工资每月能拿出一部分。',
		product: 'personal-instalments',
		instalments: 12,
		payments: [
			{ instalment: 1, ...IN_TIME },
			{ instalment: 2, percent: 100, daysAfter: 0 },
			{ instalment: 3, percent: 40, daysAfter: -22 },
		],
	},
	{
		holder: '沈立秋',
		reason: 'family_change',
		circumstances: '家里老人住院，要轮流照顾，这几个月少上了不少班。',
		product: 'interest-free-instalments',
		instalments: 6,
		payments: [{ instalment: 1, percent: 30, daysAfter: -2 }],
	},
	{
		holder: '邵文博',
		reason: 'unemployment',
		circumstances: '工厂搬迁，正在找新工作。',
		product: 'interest-free-instalments',
		instalments: 12,
		payments: [{ instalment: 1, percent: 50, daysAfter: -4 }],
	},
	{
		holder: '叶晚晴',
		reason: 'illness_or_injury',
		circumstances: '手术后休养了两个月，现在已经复工。',
		product: 'interest-free-instalments',
		instalments: 3,
		payments: [
			{ instalment: 1, ...IN_TIME },
			{ instalment: 2, percent: 100, daysAfter: -3 },
			{ instalment: 3, ...IN_TIME },
		],
	},
	{
		holder: 'Eleanor Fairweather',
		reason: 'income_drop',
		circumstances: 'I was between contracts and have a new one from next month.',
		product: 'personal-instalments',
		instalments: 12,
		payments: [],
		settledDaysAgo: 27,
	},
];

/** The application that went before: sent a day earlier and approved by the same agent. */
export function applicationBefore(agreement: DemoAgreement, hoursAgo: number): DemoApplication {
	const { holder: applicant, reason, circumstances, product, instalments } = agreement;
	return {
		applicant,
		account: 0,
		hoursAgo,
		reason,
		circumstances,
		budget: { wages: '7200', housing: '1900', food: '1300', utilities_and_phone: '280' },
		papers: [
			{ kind: 'payslip', file: 'payslip.pdf', name: 'payslip.pdf' },
			...(reason === 'illness_or_injury'
				? [{ kind: 'hospital_certificate', file: 'hospital.jpg', name: 'IMG_1187.jpg' } as const]
				: []),
			...(reason === 'unemployment'
				? [{ kind: 'end_of_employment_letter', file: 'employment.jpg', name: 'IMG_1190.jpg' } as const]
				: []),
		],
		plan: { product, choice: { instalments, deferralMonths: 0 } },
		taken: { by: 'lin', decision: { outcome: 'approved', reason: null, words: '', note: '收支有结余。' } },
	};
}
