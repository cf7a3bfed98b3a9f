import { text } from '@/i18n/text'

/** What people call the kinds of window. */
export const kindNames = {
  month: text('自然月', 'Month'),
  period: text('考核期', 'Period'),
  day: text('日报', 'Day'),
  custom: text('自定义', 'Custom'),
}

/** What people call the subjects of tables. */
export const subjectNames = {
  institution: text('被反映机构', 'Institution'),
  unit: text('承办单位', 'Handling unit'),
  region: text('地区', 'Region'),
  category: text('诉求类别', 'Category'),
  department: text('科室', 'Department'),
}

/** What people call the three rates. */
export const rateNames = {
  response: text('响应率', 'Response'),
  resolution: text('解决率', 'Resolution'),
  satisfaction: text('满意率', 'Satisfaction'),
}
