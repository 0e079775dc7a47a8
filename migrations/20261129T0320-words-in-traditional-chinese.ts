import { type Kysely, sql } from 'kysely';

/**
 * What the bank keeps as data is said in Traditional Chinese too. A product's published version stays as it was published: names in
 * further languages stand beside it. Only what still reads as it was first written is translated: a bank's own words are its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table product_name (
			code text not null,
			version integer not null,
			language text not null,
			name text not null check (name <> ''),
			primary key (code, version, language),
			foreign key (code, version) references product (code, version)
		);
		create trigger product_name_never_changes before update or delete on product_name
			for each row execute function refuse_change();

		-- A version as it is read: its terms, and the names that were added where it has none in a language.
		create function product_terms(of product) returns jsonb language sql stable as $$
			select of.terms || jsonb_build_object('names', coalesce((
				select jsonb_object_agg(n.language, n.name) from product_name n
				where n.code = of.code and n.version = of.version
			), '{}') || (of.terms -> 'names')) $$;
	`.execute(db);
	const products = await sql<{ code: string; version: number; names: Words }>`
		select code, version, terms -> 'names' as names from product`.execute(db);
	for (const { code, version, names } of products.rows) {
		const name = missingIn(names);
		if (name === undefined) continue;
		await sql`
			insert into product_name (code, version, language, name)
			values (${code}, ${version}, ${LANGUAGE}, ${name})`.execute(db);
	}
	const settings = await sql<{ key: string; value: unknown }>`
		select key, value from setting where key in ('checks', 'decline_letters', 'how_to_pay') for update`.execute(db);
	for (const { key, value } of settings.rows) {
		const whole = JSON.stringify(translated(value));
		await sql`update setting set value = ${whole}::jsonb where key = ${key}`.execute(db);
	}
}

type Words = Readonly<Record<string, unknown>>;

const LANGUAGE = 'zh-TW';

/** A setting with the missing language beside every text that we first wrote; the order of its keys stays. */
export function translated(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(translated);
	if (typeof value !== 'object' || value === null) return value;
	const words = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, translated(part)]));
	const text = missingIn(words);
	return text === undefined ? words : { ...words, [LANGUAGE]: text };
}

/** The text that words in several languages lack; undefined where they have it, or where what they say is not what we wrote. */
function missingIn(words: Words | null): string | undefined {
	const first = words?.['zh-CN'];
	return words?.[LANGUAGE] === undefined && typeof first === 'string' ? TEXTS.get(first) : undefined;
}

const TEXTS: ReadonlyMap<string, string> = new Map([
	// The products' names.
	['个性化分期还款', '個性化分期還款'],
	['免息分期还款', '免息分期還款'],
	['等本等息分期还款', '等本等息分期還款'],
	['延期还款', '延期還款'],
	['先延期后分期', '先延期，後分期'],
	['困难免息分期', '紓困免息分期'],
	['递减分期还款', '遞減分期還款'],
	['免息延期还款', '免息延期還款'],
	['延后起还分期', '延後起還分期'],
	// What is checked.
	['身份：姓名、证件与材料一致', '身分：姓名、證件與文件一致'],
	['材料：日期近、清晰、能证明原因', '文件：日期近、清晰、能證明原因'],
	['收支：收入属实，结余够还', '收支：收入屬實，結餘足以還款'],
	['确有困难且愿意还款', '確有困難且願意還款'],
	['已查看以往协议', '已查看以往協議'],
	['欠款没有争议', '欠款沒有爭議'],
	// Why an application is declined, as the desk names it.
	['材料无法辨认', '文件無法辨認'],
	['材料不能证明原因', '文件不能證明原因'],
	['缺少材料', '缺少文件'],
	['方案超出承受能力', '方案超出負擔能力'],
	['有能力按约还款', '有能力按約還款'],
	['账户不符合产品条件', '帳戶不符合產品條件'],
	['以往协议未履行', '以往協議未履行'],
	['欠款存在争议', '欠款有爭議'],
	['其他（请写明）', '其他（請寫明）'],
	// And as the cardholder's page does.
	['材料看不清楚。', '文件看不清楚。'],
	['材料不能说明您的情况。', '文件不能說明您的情況。'],
	['缺少必要的材料。', '缺少必要的文件。'],
	['按您的收支，这个方案可能难以坚持。', '按您的收支，這個方案可能難以持續。'],
	['按您提供的收支，您目前有能力还款。', '按您提供的收支，您目前有能力還款。'],
	['您的账户不符合这个方案的条件。', '您的帳戶不符合這個方案的條件。'],
	['之前的还款协议没有履行。', '之前的還款協議沒有履行。'],
	['这笔欠款有争议，需要先处理争议。', '這筆欠款有爭議，需要先處理爭議。'],
	['请看下面专员的说明。', '請看下面專員的說明。'],
	// What the letters say.
	[
		'您提交的部分材料看不清，我们暂时无法核实。请在光线充足处重新拍摄，再次提交申请。',
		'您提交的部分文件看不清楚，我們暫時無法核實。請在光線充足處重新拍攝，再次提交申請。',
	],
	[
		'您提交的材料还不能说明您所述的情况。如有其他材料，请补充后再次申请。',
		'您提交的文件還不能說明您所述的情況。如有其他文件，請補充後再次申請。',
	],
	[
		'还缺少一份必要的材料，页面上列出了可接受的种类，请备齐后再次申请。如果难以取得，请致电 {phone}，一起想办法。',
		'還缺少一份必要的文件，頁面上列出了可接受的種類，請備齊後再次申請。如果難以取得，請致電 {phone}，一起想辦法。',
	],
	[
		'按您填写的收支，这个方案每月的还款超出了您的结余。我们希望您能选到还得起的方案：请选择更长的期限或更晚的起始时间，也可以致电 {phone}。',
		'按您填寫的收支，這個方案每月的還款超出了您的結餘。我們希望您能選到負擔得起的方案：請選擇更多的期數或更晚的開始時間，也可以致電 {phone}。',
	],
	[
		'按您填写的收支，目前可以按约还款，因此暂不能提供分期方案。如果实际情况有所不同，请致电 {phone}。',
		'按您填寫的收支，目前可以按約還款，因此暫時不能提供分期方案。如果實際情況有所不同，請致電 {phone}。',
	],
	[
		'您选择的方案不适用于此账户。页面上列出了可选的方案，请重新选择。',
		'您選擇的方案不適用於此帳戶。頁面上列出了可選的方案，請重新選擇。',
	],
	[
		'此账户以往的还款协议未能履行，因此不能通过这一方式再次办理。请致电 {phone}，商量其他办法。',
		'此帳戶以往的還款協議未能履行，因此不能以這種方式再次辦理。請致電 {phone}，商量其他辦法。',
	],
	[
		'您对这笔欠款提出过异议，我们会先处理，之后再办理还款方案。',
		'您對這筆欠款提出過異議，我們會先處理，之後再辦理還款方案。',
	],
	[
		'如果您不同意这一结果，可以在{objectUntil}前（含当日）在本页提出异议，由另一位工作人员重新审核，并在 {answerDays} 个工作日内答复。也可以致电 {phone}。',
		'如果您不同意這個結果，可以在{objectUntil}前（含當日）於本頁提出異議，由另一位工作人員重新審核，並在 {answerDays} 個工作日內答覆。也可以致電 {phone}。',
	],
	[
		'这是另一位工作人员重新审核后的结果。如不满意，可以致电 {phone} 投诉，也可以拨打金融消费者投诉热线 12378。',
		'這是另一位工作人員重新審核後的結果。如不滿意，可以致電 {phone} 投訴，也可以撥打金融消費者投訴熱線 12378。',
	],
	['卡片背面的号码', '卡片背面的號碼'],
	// How one pays.
	[
		'照您平时的办法还款就可以：本行手机银行、绑定账户自动还款、他行转账，或到网点柜台。收款卡号就是您的信用卡号。本页面不收款，也不会让您扫码或转账到个人账户。',
		'照您平時的辦法還款就可以：本行手機銀行、綁定帳戶自動扣繳、他行轉帳，或到分行臨櫃辦理。收款卡號就是您的信用卡號。本頁面不收款，也不會請您掃描 QR Code 或轉帳到個人帳戶。',
	],
]);
