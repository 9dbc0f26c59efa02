#!/usr/bin/env bash
# tests/windows/winpy.sh OUTDIR [requirement ...]: an official Windows CPython plus Windows wheels, runnable under Wine.
set -euo pipefail
V=${PYV:-3.12}; N=${V/./}; OUT=$(mkdir -p "${1:-.winpy}" && cd "${1:-.winpy}" && pwd); shift || true
HOST=${PYHOST:-python$V}; CC=x86_64-w64-mingw32-gcc
command -v wine >/dev/null && command -v $CC >/dev/null || { apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends wine wine64 gcc-mingw-w64-x86-64-win32; }
# 1. Binaries: this wheel carries python3XX.dll, the stdlib .pyd files, OpenSSL, SQLite and libffi as signed by the PSF.
ls "$OUT"/dl/panda3d-*.whl >/dev/null 2>&1 || "$HOST" -m pip download -q --no-deps --only-binary=:all: --platform win_amd64 --python-version "$V" -d "$OUT/dl" panda3d==1.10.16
"$HOST" - "$OUT" <<'P'
import glob, os, sys, zipfile
out = sys.argv[1]; z = zipfile.ZipFile(glob.glob(out + "/dl/panda3d-*.whl")[0]); os.makedirs(out + "/DLLs", exist_ok=True)
for n in z.namelist():
    b = os.path.basename(n)
    if n.startswith("deploy_libs/") and not b.lower().startswith(("api-ms", "vcruntime", "tcl", "tk", "_tkinter", "_test", "_wmi")) and "t-win_amd64" not in b:
        open(os.path.join(out if b.startswith("python") else out + "/DLLs", b), "wb").write(z.read(n))
P
# 2. The pure-Python standard library is the host's own, of the same minor version.
LIB=$("$HOST" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))'); mkdir -p "$OUT/Lib/site-packages"
tar -C "$LIB" -cf - --exclude=lib-dynload --exclude=site-packages --exclude=dist-packages --exclude='config-*' --exclude=./test --exclude=__pycache__ --exclude='_sysconfigdata*' --exclude=idlelib --exclude=turtledemo . | tar -C "$OUT/Lib" -xf -
# 3. python.exe, pythonw.exe, python3.dll (forwards the stable ABI) and bcryptprimitives.dll (Wine 8 lacks it; Rust wheels import it).
T=$(mktemp -d); trap 'rm -rf "$T"' EXIT
cat >"$T/l.c" <<C
#include <windows.h>
#include <stdlib.h>
typedef int (*m_t)(int, wchar_t **);
static int go(int c, wchar_t **v) { HMODULE h = LoadLibraryW(L"python$N.dll"); return h ? ((m_t)(void *)GetProcAddress(h, "Py_Main"))(c, v) : 120; }
#ifdef GUI
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, LPWSTR s, int d) { return go(__argc, __wargv); }
#else
int wmain(int c, wchar_t **v) { return go(c, v); }
#endif
C
echo '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"><compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application><supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/></application></compatibility></assembly>' >"$T/m.manifest"
echo "1 24 \"$T/m.manifest\"" >"$T/m.rc"; x86_64-w64-mingw32-windres "$T/m.rc" "$T/m.o"
$CC -municode -O2 -s -o "$OUT/python.exe" "$T/l.c" "$T/m.o"; $CC -DGUI -municode -mwindows -O2 -s -o "$OUT/pythonw.exe" "$T/l.c" "$T/m.o"
{ printf 'LIBRARY python3.dll\nEXPORTS\n'; x86_64-w64-mingw32-objdump -p "$OUT/python$N.dll" | awk '/\[Ordinal\/Name Pointer\]/{f=1;next} f&&$NF~/^_?Py/{print $NF" = python'"$N"'."$NF}'; } >"$T/p.def"
echo 'int __stdcall DllMain(void*a,unsigned long b,void*c){return 1;}' >"$T/e.c"; $CC -shared -nostartfiles -e DllMain -s -o "$OUT/python3.dll" "$T/e.c" "$T/p.def"
cat >"$T/b.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) { while (n) { ULONG c = n > 65536 ? 65536 : (ULONG)n; if (!SystemFunction036(p, c)) return FALSE; p += c; n -= c; } return TRUE; }
C
$CC -shared -O2 -s -o "$OUT/bcryptprimitives.dll" "$T/b.c" -ladvapi32
# 4. Windows wheels (uv resolves markers for the target platform; pip --platform does not).
[ $# -eq 0 ] || uv pip install -q --python "$HOST" --python-platform x86_64-pc-windows-msvc --python-version "$V" --only-binary :all: --target "$OUT/Lib/site-packages" "$@"
# 5. A runner. Under Wine 8 stdout and stderr must be pipes: Python cannot fstat a file Wine was redirected to.
cat >"$OUT/winpy" <<C
#!/usr/bin/env bash
export WINEPREFIX=\${WINEPREFIX:-$OUT/prefix} WINEARCH=win64 WINEDEBUG=\${WINEDEBUG:--all} WINEDLLOVERRIDES="mscoree,mshtml="
set -o pipefail; { wine "$OUT/python.exe" "\$@" </dev/null 2>&1; } | cat
C
chmod +x "$OUT/winpy"; export WINEPREFIX=$OUT/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
wineboot -i </dev/null 2>&1 | cat >/dev/null; wine winecfg -v win10 </dev/null 2>&1 | cat >/dev/null
"$OUT/winpy" -VV
