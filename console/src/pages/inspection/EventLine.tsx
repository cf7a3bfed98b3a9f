import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Timeline } from '@/parts/record/Timeline'

const acts: Record<string, [string, string]> = {
  write: ['起草', 'Written'],
  change: ['修改', 'Changed'],
  publish: ['公布', 'Published'],
  finish: ['完成', 'Finished'],
  freeze: ['冻结名录', 'List frozen'],
  commit: ['见证人提交摘要', 'A witness committed'],
  reveal: ['见证人公开随机数', 'A witness revealed'],
  'renew-link': ['更换见证链接', 'Link renewed'],
  draw: ['抽取', 'Drawn'],
  void: ['作废', 'Declared void'],
  replace: ['递补', 'Replaced'],
  assign: ['指派', 'Assigned'],
  start: ['开始检查', 'Begun'],
  visit: ['提交现场记录', 'Visit handed in'],
  conclude: ['录入结果', 'Result entered'],
  confirm: ['复核', 'Confirmed'],
  'send-back': ['退回重录', 'Sent back'],
  unable: ['无法检查', 'Cannot be inspected'],
  credit: ['抽查信用等级调整', 'Inspection class changed'],
  active: ['启用或停用', 'Taken in or out'],
  add: ['加入名录', 'Added'],
  recuse: ['登记回避', 'Recused'],
  link: ['发放个人链接', 'Personal link given'],
  'end-link': ['停用个人链接', 'Personal link ended'],
  'end-recusal': ['解除回避', 'Recusal ended'],
}

interface EventLineProps {
  events: Schemas['TrailEvent'][]
  names?: Record<string, string>
}

/** What was done to a record, the newest first. */
export function EventLine({ events, names = {} }: EventLineProps) {
  const t = useT()
  return (
    <Timeline
      entries={[...events].reverse().map((event) => {
        const [zh, en] = acts[event.act] ?? [event.act, event.act]
        const witness = event.detail?.witness
        return {
          id: event.id,
          at: event.at,
          title: t(zh, en),
          actor: names[event.actor] ?? (typeof witness === 'string' ? witness : ''),
          detail: event.reason,
        }
      })}
    />
  )
}
