package web

import (
	"context"
	"fmt"

	"qingfeng/internal/mod/casework"
)

// fileName is what the reporter called a file; of one that was destroyed nobody
// knows.
func fileName(ctx context.Context, f casework.GivenFile) string {
	if f.Name == "" {
		return say(ctx, "（没有名字，或已按规定销毁）", "(no name, or destroyed by rule)")
	}
	return f.Name
}

// fingerprint shows the first and the last digits of a SHA-256.
func fingerprint(sum string) string {
	const shown = 8
	if len(sum) <= 2*shown {
		return sum
	}
	return sum[:shown] + "…" + sum[len(sum)-shown:]
}

// size is bytes as people read them.
func size(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", bytes>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// copyWords says what staff see of a file.
func copyWords(ctx context.Context, f casework.GivenFile) string {
	switch {
	case f.State == "failed":
		return say(ctx, "未能安全处理，办理人员暂时看不到；原件完好", "it could not be made safe, and staff do not see it for now; the original is safe")
	case f.State == "pending":
		return say(ctx, "正在做安全处理，之后办理人员能看到", "being made safe; then staff see it")
	case f.Masked && (f.Kind == "audio" || f.Kind == "video"):
		return say(ctx, "办理人员能听到变声后的副本", "staff hear a copy with changed voices")
	case f.Kind == "document" && f.Pages > 0:
		return say(ctx, "办理人员能看到逐页的图片", "staff see pictures of its pages")
	case f.Kind == "document":
		return say(ctx, "办理人员能下载原样文档，其中的作者姓名等信息还在", "staff can download it as it is, its author's name and the like among it")
	}
	return say(ctx, "办理人员能看到去除拍摄信息的副本", "staff see a copy without what the device wrote into it")
}
