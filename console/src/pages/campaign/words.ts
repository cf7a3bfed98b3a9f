import { type Text, text } from '@/i18n/text'
import type { Tone } from '@/parts/record/StateTag'
import type { Campaign } from './campaignApi'

export const stateNames: Record<Campaign['state'], Text> = {
  draft: text('筹备中', 'Draft'),
  running: text('进行中', 'Running'),
  closed: text('已结束', 'Closed'),
  dropped: text('已取消', 'Dropped'),
}

export const stateTones: Record<Campaign['state'], Tone> = {
  draft: 'neutral',
  running: 'active',
  closed: 'good',
  dropped: 'neutral',
}

/** What the buttons of the steps are called. */
export const stepNames = {
  start: text('启动', 'Start'),
  close: text('结束', 'Close'),
  reopen: text('重新启动', 'Reopen'),
  drop: text('取消专项', 'Drop'),
}

/** What the steps in the trail are called. */
export const actNames: Record<string, Text> = {
  draft: text('起草方案', 'Drafted'),
  save: text('保存方案', 'Saved'),
  start: text('启动', 'Started'),
  amend: text('调整方案', 'Amended'),
  close: text('结束', 'Closed'),
  reopen: text('重新启动', 'Reopened'),
  drop: text('取消', 'Dropped'),
  table: text('修改统计表', 'Table changed'),
  ask: text('安排自查', 'Self-examination asked for'),
}

export const dutyKinds = {
  text: text('文字报告', 'Report in words'),
  table: text('量化统计表', 'Table of figures'),
}

export const dutyFroms = {
  regions: text('各下级地区', 'Regions below'),
  members: text('各成员单位', 'Member units'),
  institutions: text('各医疗机构', 'Institutions'),
}
