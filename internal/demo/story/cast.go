package story

import (
	"errors"
	"strings"
)

// The columns of the two words that the cast of a case comes from.
const (
	departmentColumn = 0 // of 科,病,术
	patientClass     = 4 // of 患,他,岁,病人,类
)

// value is one value of a word: a template for each of its columns.
type value []template

// cast holds who may be treated where. A department for women has no
// grandfather in it.
type cast struct {
	departments map[string][]value // by the department's name
	anywhere    []value
	patients    map[string][]value // by class: 女, 男, 童; with 老 whom the old write about
	adults      map[bool][]value   // by whether an old person writes
}

// newCast sorts the values of the words 科 and 患.
func newCast(columns map[string]column) (cast, error) {
	c := cast{departments: map[string][]value{}, patients: map[string][]value{}, adults: map[bool][]value{}}
	for _, v := range columns["科"].word.values {
		name := v[departmentColumn].plain()
		c.departments[name] = append(c.departments[name], v)
		c.anywhere = append(c.anywhere, v)
	}
	for _, v := range columns["患"].word.values {
		if len(v) <= patientClass {
			return c, errors.New("words.txt: a patient has no class")
		}
		class, old := strings.CutSuffix(v[patientClass].plain(), "老")
		if old {
			c.patients[class+"老"] = append(c.patients[class+"老"], v)
		}
		c.patients[class] = append(c.patients[class], v)
		if class != "童" {
			c.adults[false] = append(c.adults[false], v)
			if old {
				c.adults[true] = append(c.adults[true], v)
			}
		}
	}
	return c, nil
}

// plain returns the text of a template that has no slots.
func (t template) plain() string {
	var b strings.Builder
	for _, n := range t {
		b.WriteString(n.text)
	}
	return b.String()
}

// department chooses the department and what it treats. A department that the
// words do not know keeps its name and treats anything.
func (c cast) department(d *dice, name string) value {
	if known := c.departments[name]; known != nil {
		return one(d, known)
	}
	return one(d, c.anywhere)
}

// patient chooses who is treated in department.
func (c cast) patient(d *dice, department string, old bool) value {
	class := ""
	switch {
	case strings.Contains(department, "妇"), strings.Contains(department, "产"), strings.Contains(department, "乳"):
		class = "女"
	case strings.Contains(department, "儿"):
		class = "童"
	case strings.Contains(department, "泌尿"), strings.Contains(department, "男"):
		class = "男"
	default:
		return one(d, c.adults[old])
	}
	if old {
		class += "老"
	}
	return one(d, c.patients[class])
}
