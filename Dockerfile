# Stage one bundles the browser half and makes the wheel; stage two holds Python, the locked dependencies and the wheel.
# Tags move. To build on what you looked at, pin both lines: `docker buildx imagetools inspect python:3.13-slim-bookworm`
# names the digest, and `python:3.13-slim-bookworm@sha256:…` is what goes after FROM.

FROM python:3.13-slim-bookworm AS wheel
WORKDIR /source
COPY requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY . .
RUN pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheel .

FROM python:3.13-slim-bookworm
ENV PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --create-home --home-dir /srv/youthsafe youthsafe \
    && install -d -o youthsafe -m 0700 /srv/youthsafe-backups
WORKDIR /opt/youthsafe
COPY requirements/server.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/server.txt
COPY --from=wheel /wheel /wheel
RUN pip install --no-cache-dir --no-index --no-deps /wheel/*.whl && rm -r /wheel
COPY wsgi.py gunicorn.conf.py ./
USER youthsafe
VOLUME ["/srv/youthsafe", "/srv/youthsafe-backups"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
