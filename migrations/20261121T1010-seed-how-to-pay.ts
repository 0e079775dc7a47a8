import { type Kysely, sql } from 'kysely';

/** How cardholders pay, until the bank writes its own; an `address` beside `text` is a page (https) or a place. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('how_to_pay', ${JSON.stringify(HOW_TO_PAY)}::jsonb)
		on conflict (key) do nothing`.execute(db);
}

const HOW_TO_PAY = {
	text: {
		'zh-CN':
			'照您平时的办法还款就可以：本行手机银行、绑定账户自动还款、他行转账，或到网点柜台。收款卡号就是您的信用卡号。本页面不收款，也不会让您扫码或转账到个人账户。',
		en: 'Pay as you usually do: in the bank’s app, from a linked account, by transfer from another bank, or at a branch. The number to pay to is that of your card. No payment is taken on these pages, and we never ask you to scan a code or pay to a person’s account.',
	},
};
