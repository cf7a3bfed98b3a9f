package bulk

import "qingfeng/internal/kit/i18n"

// MostShown is how many rows a preview shows: enough to see whether the columns were
// understood. A Previewer need not keep more.
const MostShown = 50

// Preview shows what the good rows of a file become, the first ones.
type Preview struct {
	Notes   []i18n.Text   `json:"notes,omitempty" doc:"What holds for many rows, such as what was chosen for those that do not say it."`
	Columns []i18n.Text   `json:"columns"`
	Rows    []PreviewLine `json:"rows" doc:"The first 50."`
}

// PreviewLine is what one row becomes.
type PreviewLine struct {
	Row   int         `json:"row" doc:"Number in the file."`
	Cells []i18n.Text `json:"cells"`
}

// Previewer is a Batch that can show what its good rows become, once all were read.
type Previewer interface{ Preview() Preview }

// preview is what a batch shows; nil where it cannot, or where no row is good.
func preview(b Batch) *Preview {
	x, ok := b.(Previewer)
	if !ok {
		return nil
	}
	p := x.Preview()
	if len(p.Rows) == 0 {
		return nil
	}
	p.Rows = p.Rows[:min(len(p.Rows), MostShown)]
	return &p
}
