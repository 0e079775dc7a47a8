import { type Kysely, sql } from 'kysely';

const words = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** What an agent checks before approving or offering a plan, until the bank writes its own list. */
const CHECKS = {
	items: [
		['identity', '身份：姓名、证件与材料一致', 'Identity: name and ID fit the documents'],
		['evidence', '材料：日期近、清晰、能证明原因', 'Evidence: recent, legible, shows the reason'],
		['budget', '收支：收入属实，结余够还', 'Budget: income proven, surplus carries the instalment'],
		['need', '确有困难且愿意还款', 'Need: cannot pay as agreed, wants to'],
		['earlier_agreements', '已查看以往协议', 'Earlier agreements looked at'],
		['disputes', '欠款没有争议', 'No open dispute about the debt'],
	].map(([code, zh = '', en = '']) => ({ code, words: words(zh, en), needed: true })),
};

/** Why an application is declined: how the desk names it, how the cardholder's page does, and the letter; none where only the agent knows. */
const REASONS = [
	{
		code: 'evidence_not_readable',
		name: words('材料无法辨认', 'Evidence cannot be read'),
		reason: words('材料看不清楚。', 'The papers could not be read.'),
		letter: words(
			'您提交的部分材料看不清，我们暂时无法核实。请在光线充足处重新拍摄，再次提交申请。',
			'Some of the documents that you sent cannot be read, so we could not check them. Please photograph them again in good light and apply once more.',
		),
	},
	{
		code: 'evidence_does_not_show_it',
		name: words('材料不能证明原因', 'Evidence does not show the reason'),
		reason: words('材料不能说明您的情况。', 'The papers do not show the situation you describe.'),
		letter: words(
			'您提交的材料还不能说明您所述的情况。如有其他材料，请补充后再次申请。',
			'The documents that you sent do not show the situation that you describe. If you have others that do, please apply again with them.',
		),
	},
	{
		code: 'evidence_missing',
		name: words('缺少材料', 'Evidence is missing'),
		reason: words('缺少必要的材料。', 'Papers that are needed are missing.'),
		letter: words(
			'还缺少一份必要的材料，页面上列出了可接受的种类，请备齐后再次申请。如果难以取得，请致电 {phone}，一起想办法。',
			'A document that we need is missing. Your page lists what is accepted; please apply again with one of these. If you cannot get one, call {phone} and we will look for another way.',
		),
	},
	{
		code: 'plan_not_affordable',
		name: words('方案超出承受能力', 'Plan is more than the budget carries'),
		reason: words('按您的收支，这个方案可能难以坚持。', 'On your figures this plan would be too hard to keep.'),
		letter: words(
			'按您填写的收支，这个方案每月的还款超出了您的结余。我们希望您能选到还得起的方案：请选择更长的期限或更晚的起始时间，也可以致电 {phone}。',
			'By the budget that you gave us, this plan would ask more of you each month than you have left. We would rather find one that you can keep: please choose a longer term or a later start, or call {phone}.',
		),
	},
	{
		code: 'able_to_pay',
		name: words('有能力按约还款', 'Able to pay as agreed'),
		reason: words('按您提供的收支，您目前有能力还款。', 'On your figures you are able to pay as agreed.'),
		letter: words(
			'按您填写的收支，目前可以按约还款，因此暂不能提供分期方案。如果实际情况有所不同，请致电 {phone}。',
			'By the budget that you gave us, you can pay as agreed at present, so we cannot offer a plan. If your situation is different from what we see, call {phone}.',
		),
	},
	{
		code: 'not_eligible',
		name: words('账户不符合产品条件', 'Product is not for this account'),
		reason: words('您的账户不符合这个方案的条件。', 'Your account does not meet the conditions of this plan.'),
		letter: words(
			'您选择的方案不适用于此账户。页面上列出了可选的方案，请重新选择。',
			'The plan that you chose is not available for this account. Your page shows which ones are; please choose one of them.',
		),
	},
	{
		code: 'earlier_agreement_broken',
		name: words('以往协议未履行', 'Earlier agreement was not kept'),
		reason: words('之前的还款协议没有履行。', 'An earlier agreement was not kept.'),
		letter: words(
			'此账户以往的还款协议未能履行，因此不能通过这一方式再次办理。请致电 {phone}，商量其他办法。',
			'An earlier agreement on this account was not kept, so we cannot make a new one in this way. Please call {phone}: we will talk about what is possible.',
		),
	},
	{
		code: 'debt_in_dispute',
		name: words('欠款存在争议', 'Debt is in dispute'),
		reason: words('这笔欠款有争议，需要先处理争议。', 'Part of this debt is disputed, and that comes first.'),
		letter: words(
			'您对这笔欠款提出过异议，我们会先处理，之后再办理还款方案。',
			'You have told us that something in this debt is wrong. We will settle that first, and a plan can follow.',
		),
	},
	{
		code: 'other',
		name: words('其他（请写明）', 'Other, in your words'),
		reason: words('请看下面专员的说明。', 'The agent explains it below.'),
	},
];

const LETTERS = {
	reasons: REASONS,
	object: words(
		'如果您不同意这一结果，可以在{objectUntil}前（含当日）在本页提出异议，由另一位工作人员重新审核，并在 {answerDays} 个工作日内答复。也可以致电 {phone}。',
		'If you do not agree, you can object on this page up to and including {objectUntil}: another person looks at it again and answers within {answerDays} working days. You can also call {phone}.',
	),
	final: words(
		'这是另一位工作人员重新审核后的结果。如不满意，可以致电 {phone} 投诉，也可以拨打金融消费者投诉热线 12378。',
		'This is what another person decided after looking at it again. To complain, call {phone}, or the regulator’s consumer line, 12378.',
	),
	/** How the bank's number is called where the settings name none. */
	phoneElse: words('卡片背面的号码', 'the number on the back of your card'),
};

/** What an agent checks, and what the cardholder reads where an application is declined: the bank's to write, as data. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const [key, value] of Object.entries({ checks: CHECKS, decline_letters: LETTERS })) {
		await sql`
			insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
			on conflict (key) do nothing`.execute(db);
	}
}
