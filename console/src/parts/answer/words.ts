import { type Text, text } from '@/i18n/text'

type Shown = string | number

/** What is said of an answer: the words of the server's package form, to which the vectors hold both. */
export const said = {
  missing: ({ zh, en }: Text) => text(`请填写“${zh}”`, `please fill in "${en}"`),
  stranger: (id: string) =>
    text(
      `表单里没有“${id}”，请刷新后重填`,
      `the form has no "${id}"; reload it and fill it in again`,
    ),
  hidden: ({ zh, en }: Text) =>
    text(
      `按前面的回答，这里不用填写，请清空“${zh}”`,
      `after what was answered above this is not asked; clear "${en}"`,
    ),
  control: text(
    '含有无法保存的控制字符，请删去',
    'it holds a control character that cannot be stored; take it out',
  ),
  asText: text('此处应填文字', 'please write text here'),
  short: (least: Shown, n: Shown) =>
    text(`至少 ${least} 个字，现在有 ${n} 个`, `at least ${least} characters; there are ${n}`),
  long: (most: Shown, n: Shown) =>
    text(`最多 ${most} 个字，现在有 ${n} 个`, `at most ${most} characters; there are ${n}`),
  asNumber: text('此处应填数字', 'please write a number here'),
  fine: (n: Shown) => text(`最多 ${n} 位小数`, `at most ${n} decimals`),
  whole: text('此处应填整数', 'please write a whole number here'),
  low: ({ zh, en }: Text) => text(`不能小于 ${zh}`, `must be at least ${en}`),
  high: ({ zh, en }: Text) => text(`不能大于 ${zh}`, `must be at most ${en}`),
  asMoney: ({ zh, en }: Text) =>
    text(
      `金额应为数字，按${zh}填写，不要带单位`,
      `an amount is a number in ${en}, written without the unit`,
    ),
  asDate: text('请按 2026-07-28 的样子填写日期', 'please write the date like 2026-07-28'),
  noDay: (day: string) =>
    text(`没有 ${day} 这一天，请核对年月日`, `there is no ${day}; check year, month and day`),
  one: text('请从选项中选一个', 'please choose one of the options'),
  many: text('请从选项中选择，每项只选一次', 'please choose from the options, each once'),
  few: (least: Shown, n: Shown) =>
    text(`至少 ${least} 项，现在有 ${n} 项`, `at least ${least} items; there are ${n}`),
  much: (most: Shown, n: Shown) =>
    text(`最多 ${most} 项，现在有 ${n} 项`, `at most ${most} items; there are ${n}`),
  person: text('请从名单中选一个人，或填写姓名', 'please choose a person, or write a name'),
  unit: text('请从名单中选一家机构', 'please choose an institution'),
  place: text('请从名单中选一个地点', 'please choose a place'),
  files: text('请重新上传附件', 'please upload the files again'),
  sign: text('请签名，或填写姓名代替', 'please sign, or write your name instead'),
  under: (of: Text, is: Text, least: Text) =>
    text(
      `“${of.zh}”算出来是 ${is.zh}，不能小于 ${least.zh}，请核对用到的数字`,
      `what is computed for "${of.en}" is ${is.en} and must be at least ${least.en}; check the numbers that it uses`,
    ),
  over: (of: Text, is: Text, most: Text) =>
    text(
      `“${of.zh}”算出来是 ${is.zh}，不能大于 ${most.zh}，请核对用到的数字`,
      `what is computed for "${of.en}" is ${is.en} and must be at most ${most.en}; check the numbers that it uses`,
    ),
  tooBig: ({ zh, en }: Text) =>
    text(
      `“${zh}”算出来太大，请核对用到的数字`,
      `what is computed for "${en}" is too large; check the numbers that it uses`,
    ),
}

export const yuan = text('元', 'yuan')
export const wanYuan = text('万元', '10,000 yuan')
