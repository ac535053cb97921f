// The script that Glue wants for every job; the job itself is the Java class, from the jar in --extra-jars.
object GlueApp { def main(arguments: Array[String]): Unit = io.github.redshiftquerylogs.export.ExportJob.main(arguments: _*) }
