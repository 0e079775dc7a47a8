import type { DelinquencyBucket } from '#lib/domain/account/past-due.ts';
import type { Random } from '#lib/server/demo/random.ts';

/** One account of the demo as it is to turn out. */
export interface Part {
	readonly bucket: DelinquencyBucket;
	/** Days past due where they matter; any of the bucket otherwise. */
	readonly daysPastDue?: number;
	readonly currency?: 'USD';
	/** How the minimums were met before anything went wrong, and for M0 until today. */
	readonly habit: 'in_full' | 'minimum';
	/** What is spent in a usual month, in major units. */
	readonly monthly: number;
	/** One of the core's rows about it is bad, so that it is being checked. */
	readonly badRow?: true;
	/** A plan was signed so many days ago: nothing is bought or billed on the account since. */
	readonly agreedDaysAgo?: number;
}

/** A made-up person with one account or several. */
export interface Role {
	readonly locale: 'zh-CN' | 'en';
	readonly name: string;
	readonly parts: readonly [Part, ...Part[]];
}

/** How many accounts each bucket gets beside those that are written out below. */
const CROWD: Readonly<Record<DelinquencyBucket, number>> = { M0: 9, M1: 11, M2: 8, M3: 6, M4: 4, M5: 3, M6: 2, M7: 2 };

/** The persons whom a visitor meets first: two to try, and some with something of their own, such as an application. */
const LEADS: readonly Role[] = [
	{
		locale: 'zh-CN',
		name: '林晓雯',
		parts: [{ bucket: 'M3', daysPastDue: 68, habit: 'in_full', monthly: 3200 }],
	},
	{
		locale: 'en',
		name: 'Hannah Whitcombe',
		parts: [{ bucket: 'M3', daysPastDue: 74, habit: 'in_full', monthly: 2600 }],
	},
	{
		locale: 'zh-CN',
		name: '赵启明',
		parts: [
			{ bucket: 'M2', habit: 'minimum', monthly: 2400 },
			{ bucket: 'M0', habit: 'in_full', monthly: 900 },
		],
	},
	{
		locale: 'zh-CN',
		name: '苏婉清',
		parts: [
			{ bucket: 'M1', habit: 'minimum', monthly: 1800 },
			{ bucket: 'M4', habit: 'minimum', monthly: 2100 },
		],
	},
	{
		locale: 'en',
		name: 'Marcus Adeyemi',
		parts: [
			{ bucket: 'M1', habit: 'in_full', monthly: 3000 },
			{ bucket: 'M1', habit: 'in_full', monthly: 400, currency: 'USD' },
		],
	},
	{ locale: 'zh-CN', name: '郭子睿', parts: [{ bucket: 'M1', habit: 'in_full', monthly: 1500, badRow: true }] },
	{ locale: 'zh-CN', name: '许志强', parts: [{ bucket: 'M2', habit: 'in_full', monthly: 2800 }] },
	{ locale: 'zh-CN', name: '何美玲', parts: [{ bucket: 'M3', habit: 'minimum', monthly: 2200 }] },
	{ locale: 'zh-CN', name: '高晓光', parts: [{ bucket: 'M1', habit: 'in_full', monthly: 1600 }] },
	{ locale: 'zh-CN', name: '冯国栋', parts: [{ bucket: 'M3', habit: 'minimum', monthly: 24_000 }] },
];

/** Everybody in the demo, in order; the first two are the ones to try first. */
export function castOf(random: Random): readonly Role[] {
	const cast = [...LEADS];
	for (const [bucket, count] of Object.entries(CROWD) as [DelinquencyBucket, number][]) {
		for (let place = 0; place < count; place++) {
			// Every fourth writes English.
			const locale = place % 4 === 2 ? 'en' : 'zh-CN';
			const habit = random.chance(45) ? 'minimum' : 'in_full';
			const monthly = random.whole(5, 60) * 100;
			cast.push({ locale, name: inventName(random, locale, cast), parts: [{ bucket, habit, monthly }] });
		}
	}
	return [...cast, ...WITH_A_PLAN];
}

/** Those who signed a plan: their days past due are such that its instalments fall where the plan is to be seen. */
const WITH_A_PLAN: readonly Role[] = [
	withPlan('zh-CN', '秦知夏', { bucket: 'M5', daysPastDue: 140, monthly: 2700, agreedDaysAgo: 75 }),
	withPlan('zh-CN', '沈立秋', { bucket: 'M4', daysPastDue: 98, monthly: 1900, agreedDaysAgo: 30 }),
	withPlan('zh-CN', '邵文博', { bucket: 'M5', daysPastDue: 126, monthly: 3400, agreedDaysAgo: 58 }),
	withPlan('zh-CN', '叶晚晴', { bucket: 'M6', daysPastDue: 165, monthly: 1500, agreedDaysAgo: 98 }),
	withPlan('en', 'Eleanor Fairweather', { bucket: 'M4', daysPastDue: 112, monthly: 2200, agreedDaysAgo: 45 }),
];

function withPlan(locale: Role['locale'], name: string, part: Omit<Part, 'habit'>): Role {
	return { locale, name, parts: [{ ...part, habit: 'in_full' }] };
}

function inventName(random: Random, locale: Role['locale'], cast: readonly Role[]): string {
	for (;;) {
		const name =
			locale === 'en'
				? `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`
				: random.pick(SURNAMES) + random.pick(GIVEN_FIRST) + (random.chance(75) ? random.pick(GIVEN_SECOND) : '');
		if (!cast.some((role) => role.name === name)) return name;
	}
}

const SURNAMES = [
	'王',
	'李',
	'张',
	'刘',
	'陈',
	'杨',
	'黄',
	'周',
	'吴',
	'徐',
	'孙',
	'马',
	'朱',
	'胡',
	'何',
	'罗',
	'梁',
	'宋',
] as const;
const GIVEN_FIRST = [
	'子',
	'雨',
	'思',
	'嘉',
	'文',
	'志',
	'晓',
	'建',
	'俊',
	'欣',
	'若',
	'明',
	'安',
	'海',
	'佳',
	'立',
] as const;
const GIVEN_SECOND = [
	'涵',
	'轩',
	'怡',
	'宁',
	'杰',
	'琪',
	'峰',
	'雅',
	'恒',
	'洁',
	'远',
	'萱',
	'航',
	'颖',
	'博',
	'然',
] as const;
const FIRST_NAMES = [
	'Alice',
	'Daniel',
	'Priya',
	'Tom',
	'Grace',
	'Omar',
	'Julia',
	'Ben',
	'Ines',
	'Victor',
	'Maya',
	'Owen',
] as const;
const LAST_NAMES = [
	'Carver',
	'Lindqvist',
	'Okafor',
	'Reyes',
	'Tanner',
	'Baptiste',
	'Novak',
	'Hughes',
	'Moreau',
	'Sato',
] as const;
