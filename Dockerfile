# The pod's image: Python, the locked dependencies and PETaflop, everything compiled, nothing to be written at run time.
#
#   podman build -t petaflop .                                          # or docker, or buildah
#   podman build --platform linux/arm64 -t petaflop .                   # every locked wheel exists for amd64 and arm64
#   podman build --build-arg EXTRA=otel -t petaflop .                   # with traces (docs/operations.md)
#   podman build --build-arg BASE=localhost/debian-python:bookworm .    # any image with Python >= 3.11 and its venv
#
# Without a network, from a folder of wheels: --volume FOLDER:/wheels:ro --build-arg PIP_NO_INDEX=1
# --build-arg PIP_FIND_LINKS=/wheels. How it is run: docs/image.md.
ARG BASE=docker.io/library/python:3.13-slim-trixie

FROM ${BASE} AS build
ARG PIP_NO_INDEX
ARG PIP_FIND_LINKS
# Empty, or "otel" for traces: which lock is installed.
ARG EXTRA
WORKDIR /build
RUN ["python3", "-m", "venv", "/build/tools"]
RUN ["python3", "-m", "venv", "--without-pip", "/opt/petaflop"]
COPY requirements.txt requirements-otel.txt requirements-build.txt ./
# Not compiled yet: pip's byte code would hold the time of this build. What compiles it below is one process with a fixed
# hash seed, as byte code depends on both: the same sources and base make the same files.
RUN tools/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-build.txt \
 && tools/bin/python -m pip --python /opt/petaflop/bin/python install --no-cache-dir --no-compile --require-hashes -r "requirements${EXTRA:+-$EXTRA}.txt"
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY adapters adapters
COPY bot bot
COPY comfy comfy
COPY workflows workflows
COPY k8s/slim.py ./
RUN tools/bin/python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir dist . \
 && tools/bin/python -m pip --python /opt/petaflop/bin/python install --no-cache-dir --no-compile --no-deps --no-index dist/*.whl \
 && /opt/petaflop/bin/python slim.py /opt/petaflop/lib/python3*/site-packages \
 && PYTHONHASHSEED=0 /opt/petaflop/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /opt/petaflop/lib \
 && mkdir -m 0750 /build/data

FROM ${BASE}
# Slim images come without the byte code of Python's own library: on a read-only root it would be made anew by each process.
RUN ["/usr/bin/env", "PYTHONHASHSEED=0", "python3", "-c", "import compileall, py_compile, re, sysconfig; compileall.compile_dir(sysconfig.get_path('stdlib'), quiet=2, rx=re.compile('(site|dist)-packages|/(test|idlelib|lib2to3|ensurepip)/'), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)"]
COPY --from=build /opt/petaflop /opt/petaflop
COPY --from=build --chown=10001:10001 /build/data /data

ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="PETaflop" \
      org.opencontainers.image.description="A photo booth that fits in a backpack" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

ENV PATH=/opt/petaflop/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PETAFLOP_DATA_DIR=/data \
    PETAFLOP_HOST=0.0.0.0
WORKDIR /data
USER 10001:10001
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
# Kubernetes asks by itself and leaves this aside; so do images in OCI's format.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["/opt/petaflop/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9090/healthz', timeout=4)"]
ENTRYPOINT ["/opt/petaflop/bin/petaflop"]
CMD ["serve"]
