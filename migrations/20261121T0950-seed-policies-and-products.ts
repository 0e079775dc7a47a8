import { type Kysely, sql } from 'kysely';

/**
 * What must always be there: the policy that most banks in mainland China follow, and products to begin with. A bank
 * publishes versions of its own beside or instead of these.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	// A policy that was never changed holds from the beginning of the calendar.
	await sql`
		insert into policy (code, effective_on, terms)
		values ('cn-standard', '1900-01-01', ${JSON.stringify(CN_STANDARD)}::jsonb)`.execute(db);
	for (const product of PRODUCTS) {
		await sql`
			insert into product (code, version, terms)
			values (${product.code}, ${product.version}, ${JSON.stringify(product)}::jsonb)`.execute(db);
	}
}

const CN_STANDARD = {
	code: 'cn-standard',
	dailyInterestRate: '0.0005',
	interestBase: 'full_statement',
	statementDayIncluded: false,
	paymentDayAtOldBalance: false,
	compoundInterest: true,
	graceDays: 3,
	shortfallTolerance: '10.00',
	latePaymentFee: { rate: '0.05', minimum: '10.00', maximumPerPeriod: null },
	allocation: {
		upTo90Days: ['interest', 'fee', 'principal'],
		over90Days: ['principal', 'interest', 'fee'],
	},
};

const PRODUCTS = [
	{
		code: 'personal-instalments',
		version: 1,
		kind: 'instalments',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [3, 6, 12, 18, 24, 36, 48, 60],
		periodicRate: '0.0035',
		waivers: { lateFeeShare: '1', interestShare: '0', at: 'signing' },
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 1, amountFrom: '500.00' },
		validityDays: 7,
		secondApproverFrom: '100000.00',
		names: { 'zh-CN': '个性化分期还款', en: 'Personal instalments' },
	},
	{
		code: 'interest-free-instalments',
		version: 1,
		kind: 'instalments',
		currency: 'CNY',
		method: 'equalPrincipal',
		instalments: [3, 6, 12, 18, 24],
		periodicRate: '0',
		waivers: { lateFeeShare: '1', interestShare: '0.3', at: 'completion' },
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 61, amountFrom: '500.00' },
		validityDays: 7,
		secondApproverFrom: '50000.00',
		names: { 'zh-CN': '免息分期还款', en: 'Interest-free instalments' },
	},
	{
		code: 'level-interest-instalments',
		version: 1,
		kind: 'instalments',
		currency: 'CNY',
		method: 'flatFee',
		instalments: [3, 6, 12, 18, 24],
		periodicRate: '0.004',
		waivers: { lateFeeShare: '0.5', interestShare: '0', at: 'signing' },
		accrual: 'first_instalment',
		eligibility: { daysPastDueFrom: 1, daysPastDueTo: 90, amountFrom: '500.00' },
		validityDays: 7,
		secondApproverFrom: '100000.00',
		names: { 'zh-CN': '等本等息分期还款', en: 'Level-interest instalments' },
	},
	{
		code: 'deferral',
		version: 1,
		kind: 'deferral',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [1],
		periodicRate: '0.004',
		deferralMonths: [1, 2, 3, 4, 5, 6],
		deferralInterest: 'added',
		waivers: { lateFeeShare: '1', interestShare: '0', at: 'signing' },
		accrual: 'waived',
		eligibility: { daysPastDueFrom: 1, amountFrom: '100.00', amountTo: '50000.00' },
		validityDays: 7,
		secondApproverFrom: '30000.00',
		names: { 'zh-CN': '延期还款', en: 'Deferred payment' },
	},
	{
		code: 'deferral-then-instalments',
		version: 1,
		kind: 'deferral',
		currency: 'CNY',
		method: 'equalInstalments',
		instalments: [6, 12, 18, 24, 36, 48],
		periodicRate: '0.0035',
		deferralMonths: [1, 2, 3, 4, 5, 6],
		deferralInterest: 'waived',
		waivers: { lateFeeShare: '1', interestShare: '0', at: 'signing' },
		accrual: 'waived',
		eligibility: {
			daysPastDueFrom: 1,
			amountFrom: '500.00',
			reasons: [
				'unemployment',
				'income_drop',
				'illness_or_injury',
				'family_change',
				'business_failure',
				'disaster',
				'death_of_earner',
			],
		},
		validityDays: 7,
		secondApproverFrom: '100000.00',
		names: { 'zh-CN': '先延期后分期', en: 'Deferral, then instalments' },
	},
];
