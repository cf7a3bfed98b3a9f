import { track } from '../harness/citizen'
import { openCase, signIn, speak } from '../harness/console'
import {
  approve,
  fillRequest,
  look,
  reportClue,
  sendRequest,
  whoReported,
} from '../harness/custody'
import { desk, pocket } from '../harness/devices'
import { expect, test } from '../harness/test'

test.setTimeout(180_000)

// Who reported a clue is opened by two people: one who needs it, and one who sees neither case nor
// reporter. The reporter reads of each step.
test(
  'a custodian approves that a reporter’s name is opened',
  {
    tag: ['@phone', '@desktop'],
  },
  async ({ page, city, someone, t, lang, expectAccessible }, info) => {
    const clue = await reportClue(page, city, t)
    const staff = async (role: string) => {
      const person = await someone(info.project.name.startsWith('phone') ? pocket : desk)
      await speak(person, lang)
      await signIn(person, city, role)
      return person
    }

    // The officer sees that there is somebody, and asks.
    const officer = await staff('discipline')
    await openCase(officer, city, t, clue.number)
    await expect(officer.getByText(clue.narrative)).toBeVisible()
    await expect(officer.getByText(clue.phone)).toHaveCount(0)
    const form = await fillRequest(officer, t, t('须当面核实。', 'To be verified in person.'))
    await expectAccessible(officer)
    await sendRequest(form, t)
    await expect(whoReported(officer, t)).toContainText(t('待审批', 'waits for approval'))

    // The custodian decides without seeing what it is about.
    const custodian = await staff('custodian')
    await custodian.goto(`${city.baseURL}/console/`)
    await expect(custodian.getByText(clue.number)).toBeVisible()
    await expectAccessible(custodian)
    for (const secret of [clue.narrative, clue.name, clue.phone]) {
      await expect(custodian.getByText(secret)).toHaveCount(0)
    }
    await approve(custodian, t, clue.number, t('确有必要。', 'There is a need.'))
    await expect(custodian.getByText(clue.number)).toHaveCount(0)
    const file = (await officer.url()).split('/').pop()
    const peek = await custodian.request.get(`${city.baseURL}/api/v1/cases/${file}`)
    expect(peek.status()).toBe(403)

    // The officer makes use of it.
    await officer.reload()
    await look(officer, t)
    await expect(whoReported(officer, t)).toContainText(clue.name)
    await expect(whoReported(officer, t)).toContainText(clue.phone)

    // The reporter reads who looked, and what for, and nobody's words.
    await track(page, t, clue.receipt)
    const course = page.locator('.timeline')
    for (const line of [
      t('申请查看您的姓名和电话', 'asked to see your name and telephone'),
      t('已由另一人批准', 'A second person approved'),
      t('查看了您的姓名和电话', 'saw your name and telephone'),
    ]) {
      await expect(course).toContainText(line)
    }
    for (const words of [
      t('须当面核实。', 'To be verified in person.'),
      t('确有必要。', 'There is a need.'),
    ]) {
      await expect(page.getByText(words)).toHaveCount(0)
    }
  },
)
