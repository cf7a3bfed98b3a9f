/** One made-up case. */
export interface GalleryCase {
  id: string
  number: string
  title: string
  category: string
  place: string
  state: 'new' | 'working' | 'review' | 'closed'
  received_at: number
  due_at: number
  closed_at?: number
  handler: string
  amount_fen?: number
}

const hour = 3_600_000
const titles = [
  '门诊候诊时间超过两小时，现场无人解释',
  '手术前有人暗示要给红包',
  '住院清单里有没做过的检查项目',
  '护士态度耐心，特此表扬',
  '出院带药数量与处方不符',
  '建议在三楼增加无障碍卫生间',
  '要求到指定药店购买自费药',
  '窗口收费未出具票据',
]
const categories = ['服务态度', '红包', '不合理检查', '表扬', '医保', '建议', '回扣', '收费']
const places = ['东城医院 · 骨科病区', '南湖社区卫生中心 · 收费窗口', '市第二医院 · 内科门诊']
const states = ['new', 'working', 'review', 'closed'] as const

/** Made-up cases around now, so that every urgency is in sight. */
export function makeCases(now: number): GalleryCase[] {
  return Array.from({ length: 57 }, (_, i) => {
    const state = states[i % states.length] ?? 'new'
    const received = now - (i + 2) * 7 * hour
    const due = received + (24 + (i % 7) * 24) * hour
    return {
      id: `c${i}`,
      number: `QF-990102-20260728-${String(123 + i).padStart(6, '0')}`,
      title: titles[i % titles.length] ?? '',
      category: categories[i % categories.length] ?? '',
      place: places[i % places.length] ?? '',
      state,
      received_at: received,
      due_at: due,
      handler: ['李清', '王和', '赵安'][i % 3] ?? '',
      ...(state === 'closed' && { closed_at: due - ((i % 5) - 1) * hour }),
      ...(i % 8 === 1 && { amount_fen: 80_000 + i * 1_250 }),
    }
  })
}
