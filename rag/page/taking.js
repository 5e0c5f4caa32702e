// What is copied, downloaded, checked again, put into the library and deleted.

// Without https the clipboard is closed to pages that are not on this machine; a selected text area still works.
async function copy(text, button) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  tell(words("已复制", "Copied"));
  button?.closest("details")?.removeAttribute("open");
}

// What Python had made for the user to keep: put into the browser's downloads.
function save(made) {
  const bytes = Uint8Array.from(atob(made.dataset.file), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: made.dataset.type }));
  link.download = made.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(words("已下载", "Downloaded"));
}

async function checkSaved(files) {
  const file = files[0];
  if (!file) return;
  if (file.size > MOST_BYTES) return tell(words("文件太大，不是保存的回答", "Too large for a saved answer"));
  const reader = new FileReader();
  reader.onload = () => send("check_saved", { name: file.name, data: String(reader.result).split(",").pop() });
  reader.readAsDataURL(file);
}

async function put(files) {
  const state = one(".put-state");
  const into = one("[data-into]")?.value ?? "";
  const sent = [];
  for (const [n, file] of [...files].entries()) {
    if (state) state.textContent = words(`正在上传 ${n + 1}/${files.length}：${file.name}`, `Uploading ${n + 1}/${files.length}: ${file.name}`);
    try {
      sent.push({ upload: (await window.yanju.upload(file)).path, name: file.name });
    } catch {
      sent.push({ upload: "", name: file.name });
    }
  }
  if (state) state.textContent = "";
  if (sent.length) send("put_files", { files: sent, into });
}

// A button that cannot be undone asks once more.
function sure(button, action) {
  if (button.dataset.sure) return action();
  button.dataset.sure = button.textContent;
  button.textContent = words("确定删除？", "Delete for good?");
  return undefined;
}

function choice(form) {
  const chosen = (kind) => all(`input[name="${kind}"]:checked`, form).map((box) => box.value);
  return { folders: chosen("folders"), documents: chosen("documents"), years: chosen("years") };
}
