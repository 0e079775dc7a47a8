import { type Kysely, sql } from 'kysely';

/**
 * The whole set of plans to begin with. So that one person is offered three to five and not every one, versions that were
 * too wide are followed by narrower ones; where a bank has published its own in their place, its own stays.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const product of [...NEW_PRODUCTS, ...NEXT_VERSIONS]) {
		const { code, version } = product;
		await sql`
			update product set retired_at = now()
			where code = ${code} and version = ${version - 1} and retired_at is null`.execute(db);
		await sql`
			insert into product (code, version, terms)
			select ${code}, ${version}::int, ${JSON.stringify(product)}::jsonb
			where not exists (select from product where code = ${code} and version >= ${version}::int)`.execute(db);
	}
}

const SIGNING_FEES = { lateFeeShare: '1', interestShare: '0', at: 'signing' };
const ORDINARY_REASONS = ['unemployment', 'income_drop', 'illness_or_injury', 'family_change', 'business_failure'];
const GRAVE_REASONS = ['disaster', 'death_of_earner'];

const NEW_PRODUCTS = [
	{
		// For what strikes a household hardest: no interest for up to five years, and half of what has accrued is forgiven.
		code: 'hardship-instalments',
		version: 1,
		kind: 'instalments',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [3, 6, 12, 18, 24, 36, 48, 60],
		periodicRate: '0',
		waivers: { lateFeeShare: '1', interestShare: '0.5', at: 'signing' },
		accrual: 'waived',
		eligibility: {
			daysPastDueFrom: 1,
			amountFrom: '500.00',
			reasons: ['illness_or_injury', ...GRAVE_REASONS],
			evidence: [
				'medical_record',
				'hospital_certificate',
				'disability_certificate',
				'disaster_certificate',
				'death_certificate',
				'low_income_certificate',
			],
		},
		validityDays: 7,
		secondApproverFrom: '50000.00',
		names: { 'zh-CN': '困难免息分期', en: 'Hardship instalments, interest-free' },
	},
	{
		// Large debts, which no deferral takes: the instalments fall month by month, and less interest runs in all.
		code: 'falling-instalments',
		version: 1,
		kind: 'instalments',
		currency: 'CNY',
		method: 'equalPrincipal',
		instalments: [6, 12, 18, 24, 36, 48, 60],
		periodicRate: '0.003',
		waivers: SIGNING_FEES,
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 1, amountFrom: '50000.01' },
		validityDays: 7,
		secondApproverFrom: '100000.00',
		names: { 'zh-CN': '递减分期还款', en: 'Falling instalments' },
	},
	{
		code: 'interest-free-deferral',
		version: 1,
		kind: 'deferral',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [1],
		periodicRate: '0',
		deferralMonths: [1, 2, 3, 4, 5, 6],
		deferralInterest: 'waived',
		waivers: SIGNING_FEES,
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 1, amountFrom: '100.00', amountTo: '50000.00', reasons: GRAVE_REASONS },
		validityDays: 7,
		secondApproverFrom: '30000.00',
		names: { 'zh-CN': '免息延期还款', en: 'Deferred payment, interest-free' },
	},
	{
		// For a reason of one's own: the months of waiting are not free, and their interest is repaid with the rest.
		code: 'later-instalments',
		version: 1,
		kind: 'deferral',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [1, 6, 12, 18, 24, 36],
		periodicRate: '0.004',
		deferralMonths: [1, 2, 3, 4, 5, 6],
		deferralInterest: 'capitalised',
		waivers: { lateFeeShare: '1', interestShare: '0', at: 'completion' },
		accrual: 'first_instalment',
		eligibility: { daysPastDueFrom: 1, amountFrom: '500.00', reasons: ['other'] },
		validityDays: 7,
		secondApproverFrom: '50000.00',
		names: { 'zh-CN': '延后起还分期', en: 'Instalments that start later' },
	},
];

const NEXT_VERSIONS = [
	{
		// From 61 days on the interest-free instalments stand in its place.
		code: 'level-interest-instalments',
		version: 2,
		kind: 'instalments',
		currency: 'CNY',
		method: 'flatFee',
		instalments: [3, 6, 12, 18, 24],
		periodicRate: '0.004',
		waivers: { lateFeeShare: '0.5', interestShare: '0', at: 'signing' },
		accrual: 'first_instalment',
		eligibility: { daysPastDueFrom: 1, daysPastDueTo: 60, amountFrom: '500.00' },
		validityDays: 7,
		secondApproverFrom: '100000.00',
		names: { 'zh-CN': '等本等息分期还款', en: 'Level-interest instalments' },
	},
	{
		// The graver reasons have an interest-free one; a few instalments after the wait are open now too.
		code: 'deferral',
		version: 2,
		kind: 'deferral',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [1, 3, 6],
		periodicRate: '0.004',
		deferralMonths: [1, 2, 3, 4, 5, 6],
		deferralInterest: 'added',
		waivers: SIGNING_FEES,
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 1, amountFrom: '100.00', amountTo: '50000.00', reasons: ORDINARY_REASONS },
		validityDays: 7,
		secondApproverFrom: '30000.00',
		names: { 'zh-CN': '延期还款', en: 'Deferred payment' },
	},
];
