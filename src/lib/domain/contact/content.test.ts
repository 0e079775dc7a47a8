import { expect, test } from 'vitest';
import { contentProblems } from '#lib/domain/contact/content.ts';

const recipient = { name: '王小明', cardLastFour: '4821' };
const link = 'https://repay.bank.example/l/Ab-debt-owe-0123456789';

test('a message that says nothing private may go out', () => {
	for (const text of [
		`【示例银行】您有一条新的服务通知，请点击查看：${link}`,
		'【示例银行】验证码 482193，10 分钟内有效，请勿告诉他人。',
		`Example Bank: there is news about your request. ${link}`,
		'Your code is 482193. It is good for 10 minutes. Nobody from the bank will ask for it.',
		'http://10.20.30.40:3000/l/6225880123454821-ab-cdef',
		'Call 95555 between 08:00 and 22:00.',
	]) {
		expect(contentProblems(text, recipient), text).toEqual([]);
	}
});

test('a name is found, whole or given, in either width and case', () => {
	expect(contentProblems('王小明您好', recipient)).toEqual(['name']);
	expect(contentProblems('小明，您好', recipient)).toEqual(['name']);
	expect(contentProblems('Dear LI MING', { name: 'Li Ming' })).toEqual(['name']);
	expect(contentProblems('You may sign in', { name: 'May Chan' })).toEqual([]);
	expect(contentProblems('Hello', { name: ' ' })).toEqual([]);
});

test('an amount is found however it is written', () => {
	for (const text of [
		'¥12',
		'￥ 1200',
		'请付 1200 元',
		'1,200',
		'12.50',
		'RMB 300',
		'3 yuan',
		'人民币300',
		'１２００元',
		'3万',
	]) {
		expect(contentProblems(text), text).toEqual(['amount']);
	}
});

test('a card number is found whole, masked or by its last four', () => {
	for (const text of [
		'6225 8801 2345 4821',
		'6225880123454821',
		'尾号4821的卡',
		'card ending in 4821',
		'**** 4821',
		'卡 4821',
	]) {
		expect(contentProblems(text, recipient), text).toEqual(['card_number']);
	}
	for (const text of ['code 482100', '4821年', '400-800-4821'])
		expect(contentProblems(text, recipient), text).toEqual([]);
});

test('the word debt and its like are found in both languages, and in a readable address', () => {
	for (const text of [
		'您的欠款',
		'债务提醒',
		'已逾期',
		'Your Debt',
		'you owe us',
		'OVERDUE',
		'past due',
		'https://bank.example/debt',
	]) {
		expect(contentProblems(text), text).toEqual(['debt_word']);
	}
	expect(contentProblems('Power and flowers, indebtedly')).toEqual([]);
});

test('all that is wrong is named at once', () => {
	expect(contentProblems('王小明，您尾号4821的卡欠款 1,200.00 元', recipient)).toEqual([
		'name',
		'amount',
		'card_number',
		'debt_word',
	]);
});
